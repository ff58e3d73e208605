package dev.sightline.http;

/** Answers requests step by step, over a long time. Called on the connection's event loop. */
@FunctionalInterface
public interface StreamedHandler {

    /**
     * Takes a request over; the answer is given through {@code response}, now or later, on its executor.
     *
     * @throws ProblemException to answer with that problem
     * @throws Exception anything else: the answer is 500
     */
    void open(Request request, StreamedResponse response) throws Exception;
}
