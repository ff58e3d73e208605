package dev.sightline.http;

/** Answers requests. Called on one of a few threads that all requests share: it must not wait for long. */
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
