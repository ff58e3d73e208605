package dev.sightline.http;

/** Ends the handling of a request with a {@link Problem} as its answer. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String detail;
    private final transient Response response;

    /** With what went wrong. No stack trace: it is an answer, not a fault. */
    public ProblemException(Problem problem) {
        this(problem.detail(), Response.problem(problem));
    }

    /** With an answer of the handler's own making, and what it says in words. */
    public ProblemException(String detail, Response response) {
        super(detail, null, false, false);
        this.detail = detail;
        this.response = response;
    }

    /** The same with a header field beside it, for example Retry-After. */
    public ProblemException withHeader(String name, String value) {
        return new ProblemException(detail, response.withHeader(name, value));
    }

    /** What went wrong, in words for the client. */
    @Override
    public String getMessage() {
        return detail;
    }

    /** The answer. */
    public Response response() {
        return response;
    }
}
