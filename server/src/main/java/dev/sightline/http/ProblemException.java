package dev.sightline.http;

/** Ends the handling of a request with a {@link Problem} as its answer. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String detail;
    private final transient Response response;

    /** Creates one without a stack trace: it is an answer, not a fault. */
    public ProblemException(Problem problem) {
        this(problem.detail(), Response.problem(problem));
    }

    /** Creates one with the handler's own answer and its text. */
    public ProblemException(String detail, Response response) {
        super(detail, null, false, false);
        this.detail = detail;
        this.response = response;
    }

    /** The same with a further header field, for example Retry-After. */
    public ProblemException withHeader(String name, String value) {
        return new ProblemException(detail, response.withHeader(name, value));
    }

    /** The problem in words for the client. */
    @Override
    public String getMessage() {
        return detail;
    }

    /** The answer. */
    public Response response() {
        return response;
    }
}
