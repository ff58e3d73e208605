package dev.sightline.transport.mjpeg;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.Problem;
import dev.sightline.http.Response;
import dev.sightline.http.StreamedResponse;
import dev.sightline.stream.PictureJson;
import dev.sightline.stream.StreamState;
import dev.sightline.stream.StreamStatus;
import dev.sightline.stream.Subscriber;
import dev.sightline.stream.Subscription;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for one picture and answers with it. While there is no signal the answer is 503, never a slate: who asks for one
 * picture wants to know. Used on its connection's event loop.
 */
final class Snapshot implements Subscriber {
    private static final long PATIENCE_SECONDS = 5;
    /** A slow source is waited for so many of its intervals, up to the longest. */
    private static final double PATIENCE_INTERVALS = 2;

    private static final long LONGEST_PATIENCE_SECONDS = 60;

    private final String name;
    private final StreamedResponse response;
    private @Nullable Subscription subscription;
    private @Nullable Future<?> timeOut;
    private boolean answered;

    Snapshot(String name, StreamedResponse response) {
        this.name = name;
        this.response = response;
    }

    /** Waits for the first picture; called before it is handed over. */
    void start(Subscription watching, double fps) {
        subscription = watching;
        response.onClose(watching::close);
        long seconds = patienceSeconds(fps);
        timeOut = response.executor()
                .schedule(() -> refuse("none came within " + seconds + " seconds"), seconds, TimeUnit.SECONDS);
    }

    private static long patienceSeconds(double fps) {
        long slow = fps > 0 ? (long) Math.ceil(PATIENCE_INTERVALS / fps) : 0;
        return Math.max(PATIENCE_SECONDS, Math.min(LONGEST_PATIENCE_SECONDS, slow));
    }

    @Override
    public void onFrame(EncodedFrame frame) {
        if (frame.metadata().values().containsKey("state")) {
            ready();
            return;
        }
        byte[] jpeg = new byte[frame.size()];
        frame.data().get(jpeg);
        answer(Response.bytes("image/jpeg", jpeg)
                .withHeader("Cache-Control", "no-store")
                .withHeader("X-Sightline-Seq", Long.toString(frame.seq()))
                .withHeader(
                        "X-Sightline-Capture-Time",
                        PictureJson.captureTime(frame).toString())
                .withHeader("X-Sightline-Metadata", PictureJson.metadata(frame.metadata())));
    }

    @Override
    public void onState(StreamStatus status) {
        StreamState state = status.state();
        if (state == StreamState.STALE || state == StreamState.OFFLINE || state == StreamState.ENDED) {
            refuse("it is " + state + " since " + status.since()
                    + status.reason().map(reason -> ": " + reason).orElse(""));
        }
    }

    @Override
    public void onEnd() {
        refuse("it was taken away");
    }

    /** Whether the answer was given already: there is no signal. */
    boolean isAnswered() {
        return answered;
    }

    private void refuse(String why) {
        answer(Response.problem(Problem.of(503, "stream '" + name + "' has no picture now, " + why)));
    }

    private void answer(Response answer) {
        if (!answered) {
            answered = true;
            response.respond(answer);
            if (subscription != null) {
                subscription.close();
            }
            if (timeOut != null) {
                timeOut.cancel(false);
            }
        }
    }

    private void ready() {
        if (subscription != null) {
            subscription.ready();
        }
    }
}
