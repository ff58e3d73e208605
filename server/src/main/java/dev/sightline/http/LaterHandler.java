package dev.sightline.http;

import java.util.concurrent.CompletionStage;

/** Answers requests whose work is done by another thread. Called on an event loop: it must be quick and never wait. */
@FunctionalInterface
public interface LaterHandler {

    /**
     * Begins to answer a request.
     *
     * @return the answer, completed by any thread; failed with a {@link ProblemException} to answer with that problem, with
     *     anything else to answer 500
     * @throws Exception as {@link Handler#handle}
     */
    CompletionStage<Response> handle(Request request) throws Exception;
}
