package dev.sightline.http;

/** Answers requests step by step, over a long time. Called on the connection's event loop. */
@FunctionalInterface
public interface StreamedHandler {

    /**
     * Takes over a request; the answer is given through {@code response}, now or later, on its executor.
     *
     * @throws ProblemException to answer with that problem
     * @throws dev.sightline.refusal.RefusedException to answer with that refusal as a problem
     * @throws Exception anything else: the answer is 500
     */
    void open(Request request, StreamedResponse response) throws Exception;
}
