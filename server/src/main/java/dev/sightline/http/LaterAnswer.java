package dev.sightline.http;

import dev.sightline.http.limits.RateLimitedLog;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Gives the answer of a {@link LaterHandler} on the connection's event loop. */
record LaterAnswer(LaterHandler handler) implements StreamedHandler {
    private static final RateLimitedLog FAULTS = new RateLimitedLog(LoggerFactory.getLogger(LaterAnswer.class));

    @Override
    public void open(Request request, StreamedResponse response) throws Exception {
        handler.handle(request).whenComplete((answer, failure) -> {
            Response given = answer == null ? answer(failure) : answer;
            try {
                response.executor().execute(() -> response.respond(given));
            } catch (RejectedExecutionException e) {
                // The server stops, and the connection with it.
            }
        });
    }

    private static Response answer(@Nullable Throwable failure) {
        Throwable why =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (why instanceof ProblemException problem) {
            return problem.response();
        }
        FAULTS.report("a request failed", why == null ? new IllegalStateException("there is no answer") : why);
        return RequestReceiver.wentWrong();
    }
}
