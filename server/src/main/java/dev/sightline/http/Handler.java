package dev.sightline.http;

/** Answers requests. Called on an event loop that serves many connections: it must be quick and never wait. */
@FunctionalInterface
public interface Handler {

    /**
     * The answer to a request.
     *
     * @throws ProblemException to answer with that problem
     * @throws dev.sightline.refusal.RefusedException to answer with that refusal as a problem
     * @throws Exception anything else: the answer is 500, and it is logged, at most once a period
     */
    Response handle(Request request) throws Exception;
}
