package dev.sightline.stream;

import dev.sightline.codec.Rendition;
import dev.sightline.codec.Slate;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import dev.sightline.source.Numbering;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a dead picture never looks live: notices when no picture comes, puts the slate in the place of the
 * picture, and tells viewers of every change of state. Works from encoded frames alone, on a thread that all streams
 * share, so that it goes on whatever became of the stream's own.
 */
final class SlateWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SlateWatch.class);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final long TICK_MILLIS = 200;
    private static final long PATIENCE_NANOS = 1_500_000_000L;

    private final LiveStream stream;
    private final Renditions renditions;
    private final Numbering numbering;
    private final ScheduledExecutorService watch;
    private final boolean slates;
    private volatile @Nullable Future<?> ticking;

    /**
     * The watch of one stream.
     *
     * @param slates whether there are any; viewers are told of the state in any case
     */
    SlateWatch(
            LiveStream stream,
            Renditions renditions,
            Numbering numbering,
            ScheduledExecutorService watch,
            boolean slates) {
        this.slates = slates;
        this.stream = stream;
        this.renditions = renditions;
        this.numbering = numbering;
        this.watch = watch;
    }

    void start() {
        ticking = watch.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop() {
        Future<?> running = ticking;
        if (running != null) {
            running.cancel(false);
        }
    }

    /**
     * By any thread: viewers are told, and shown the slate if the stream is not live. Its number is of now: a picture that
     * comes before the slate is made is newer, and stays.
     */
    void stateChanged() {
        long seq = numberOfSlate();
        run(() -> {
            if (seq > 0) {
                renditions.tracks().forEach(track -> replace(track, seq));
            }
            StreamStatus status = stream.status();
            renditions.forEachSubscriber(subscriber -> subscriber.onState(status));
        });
    }

    /** By any thread: the first viewer of a rendition came while there may be no signal. */
    void trackStarted(RenditionTrack track) {
        long seq = numberOfSlate();
        if (seq > 0) {
            run(() -> replace(track, seq));
        }
    }

    /** A number for the slate of the present state; 0 where it needs none. */
    private long numberOfSlate() {
        return slates && needsSlate(stream.signal().state()) ? numbering.next() : 0;
    }

    private static boolean needsSlate(StreamState state) {
        return switch (state) {
            case STALE, OFFLINE, ENDED -> true;
            case IDLE, STARTING, LIVE -> false;
        };
    }

    private void tick() {
        try {
            Signal signal = stream.signal();
            signal.check();
            stream.intake().check();
            if (signal.state() == StreamState.STARTING && signal.nanosInState() > PATIENCE_NANOS) {
                renditions.tracks().stream()
                        .filter(track -> track.fanout().latest().isEmpty())
                        .forEach(track -> replace(track, numbering.next()));
            }
        } catch (RuntimeException e) {
            LOG.warn("stream '{}': its watch failed", stream.name(), e);
        }
    }

    /** Publishes the slate of the present state, unless the stream is live. */
    private void replace(RenditionTrack track, long seq) {
        StreamState state = stream.signal().state();
        if (!slates || state == StreamState.LIVE || state == StreamState.IDLE) {
            return;
        }
        Metadata metadata = new Metadata().put("state", state.name());
        track.fanout().publish(slate(track, text(state), seq, metadata));
    }

    private EncodedFrame slate(RenditionTrack track, String text, long seq, Metadata metadata) {
        Rendition rendition = track.rendition();
        EncodedFrame last = track.fanout().latest().or(renditions::latest).orElse(null);
        if (last == null) {
            return Slate.blank(rendition, text, seq, numbering.clock().nanos(), metadata);
        }
        return Slate.of(last, rendition, text, seq, metadata);
    }

    private String text(StreamState state) {
        Signal signal = stream.signal();
        Instant lastSeen = signal.lastPicture().orElseGet(signal::since);
        return switch (state) {
            case STARTING -> "connecting...";
            case ENDED -> "ended at " + CLOCK.format(lastSeen);
            default ->
                stream.intake() instanceof PublisherIntake
                                && signal.lastPicture().isEmpty()
                        ? "nobody sends pictures yet"
                        : "no signal since " + CLOCK.format(lastSeen);
        };
    }

    private void run(Runnable task) {
        try {
            watch.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOG.warn("stream '{}': its slate failed", stream.name(), e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("stream '{}' changes its state while the server stops", stream.name());
        }
    }
}
