package dev.sightline.transport.mjpeg;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.Problem;
import dev.sightline.http.Response;
import dev.sightline.http.StreamedResponse;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.PictureJson;
import dev.sightline.stream.fanout.Subscriber;
import dev.sightline.stream.fanout.Subscription;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for one frame and answers with it. Without a signal the answer is 503, never a slate: a client that asks for one frame
 * needs to know. Of a stream that has ended it is the last frame, with the state in its metadata. Used on its connection's
 * event loop.
 */
final class Snapshot implements Subscriber {
    private static final long PATIENCE_SECONDS = 5;
    /** For a slow source, wait this many of its intervals, up to the limit. */
    private static final double PATIENCE_INTERVALS = 2;

    private static final long LONGEST_PATIENCE_SECONDS = 60;

    private static final DateTimeFormatter TIME_IN_NAME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss").withZone(ZoneId.systemDefault());

    private final LiveStream stream;
    private final Rendition rendition;
    private final StreamedResponse response;
    private @Nullable Subscription subscription;
    private @Nullable Future<?> timeOut;
    private boolean answered;
    private boolean ended;

    Snapshot(LiveStream stream, Rendition rendition, StreamedResponse response) {
        this.stream = stream;
        this.rendition = rendition;
        this.response = response;
    }

    /** Answers at once if the result is known, and in any case after the limit. */
    void start(StreamStatus status) {
        long seconds = patienceSeconds(status.pictures().fps());
        timeOut = response.executor()
                .schedule(() -> refuse("none came within " + seconds + " seconds"), seconds, TimeUnit.SECONDS);
        onState(status);
    }

    /** Waits for the first frame; called before it is handed over. */
    void watch(Subscription watching) {
        subscription = watching;
        response.onClose(watching::close);
    }

    private static long patienceSeconds(double fps) {
        long slow = fps > 0 ? (long) Math.ceil(PATIENCE_INTERVALS / fps) : 0;
        return Math.max(PATIENCE_SECONDS, Math.min(LONGEST_PATIENCE_SECONDS, slow));
    }

    @Override
    public void onFrame(EncodedFrame frame) {
        if (frame.metadata().values().containsKey("state")) {
            ready();
        } else {
            answer(frame);
        }
    }

    private void answer(EncodedFrame frame) {
        byte[] jpeg = new byte[frame.size()];
        frame.data().get(jpeg);
        answer(Response.bytes("image/jpeg", jpeg)
                .withHeader("Cache-Control", "no-store")
                .withHeader("Content-Disposition", "inline; filename=\"" + fileName(frame) + '"')
                .withHeader("X-Sightline-Seq", Long.toString(frame.seq()))
                .withHeader(
                        "X-Sightline-Capture-Time",
                        PictureJson.captureTime(frame).toString())
                .withHeader("X-Sightline-Metadata", PictureJson.metadata(frame.metadata())));
    }

    /** Names contain only letters, digits, hyphens and underscores. */
    private String fileName(EncodedFrame frame) {
        Instant captured = Instant.ofEpochSecond(0, frame.captureNanos());
        return stream.name() + "-" + TIME_IN_NAME.format(captured) + ".jpg";
    }

    @Override
    public void onState(StreamStatus status) {
        StreamState state = status.state();
        if (state == StreamState.ENDED && !ended) {
            ended = true;
            stream.remains(
                    rendition,
                    response.executor(),
                    last -> last.ifPresentOrElse(
                            this::answer,
                            () -> refuse("it has ended, and its last picture cannot be encoded like this")));
        } else if (state == StreamState.STALE || state == StreamState.OFFLINE) {
            refuse("it is " + state + " since " + status.signal().since()
                    + status.reason().map(reason -> ": " + reason).orElse(""));
        }
    }

    @Override
    public void onEnd() {
        refuse("it was removed");
    }

    @Override
    public void onDisconnect(String why) {
        refuse(Problem.of(403, why));
    }

    /** Whether waiting is useless: there is no signal, or will be none any more. */
    boolean isDecided() {
        return answered || ended;
    }

    private void refuse(String why) {
        refuse(Problem.of(503, "stream '" + stream.name() + "' has no picture now, " + why));
    }

    /** Answers with a problem. */
    void refuse(Problem problem) {
        answer(Response.problem(problem));
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
