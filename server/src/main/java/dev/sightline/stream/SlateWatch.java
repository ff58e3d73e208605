package dev.sightline.stream;

import dev.sightline.codec.Rendition;
import dev.sightline.codec.Slate;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Metadata;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.pipeline.StepState;
import dev.sightline.refusal.RefusedException;
import dev.sightline.source.Numbering;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that a dead stream never looks live: notices when no frames come, replaces the frame by a slate, and reports every
 * change of state to viewers. Runs on a thread that all streams share and needs only the stored last frame, so it works even if
 * the stream's own threads hang.
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
    private final Timeline timeline;
    private final StreamTime time;
    private final boolean slates;
    private final AtomicBoolean farewell = new AtomicBoolean();
    private volatile @Nullable Future<?> ticking;
    /** The processors in trouble that were last reported to viewers; the watch's thread only. */
    private List<String> troubles = List.of();

    /**
     * Creates the watch of one stream.
     *
     * @param slates whether to show slates; the state is reported in any case
     */
    SlateWatch(
            LiveStream stream,
            Renditions renditions,
            Numbering numbering,
            Timeline timeline,
            StreamTime time,
            boolean slates) {
        this.slates = slates;
        this.stream = stream;
        this.renditions = renditions;
        this.numbering = numbering;
        this.timeline = timeline;
        this.time = time;
    }

    void start() {
        ticking = time.watch().scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop() {
        Future<?> running = ticking;
        if (running != null) {
            running.cancel(false);
        }
    }

    /** Before the end: viewers of single images get a slate, since some screens show no other sign of an end. */
    void farewell() {
        if (!slates || farewell.getAndSet(true)) {
            return;
        }
        try {
            renditions.tracks().stream()
                    .filter(track -> track.rendition() instanceof Rendition.Jpeg)
                    .filter(track -> track.fanout().viewers() > 0)
                    .forEach(this::farewell);
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            LOG.warn("stream '{}': its last slate failed", stream.name(), e);
        }
    }

    private void farewell(RenditionTrack track) {
        Metadata metadata = new Metadata().put("state", StreamState.ENDED.name());
        EncodedFrame slate = slate(track, "stopped at " + CLOCK.format(time.now()), numbering.next(), metadata);
        track.fanout().forEach(subscriber -> subscriber.onFarewell(slate));
    }

    /**
     * By any thread: reports the state to viewers, and shows the slate if the stream is not live. The slate takes its number
     * now: a frame that comes before the slate is made is newer, and stays.
     */
    void stateChanged() {
        Optional<Place> place = placeOfSlate();
        run(() -> {
            place.ifPresent(this::replace);
            StreamStatus status = stream.status();
            renditions.forEachSubscriber(subscriber -> subscriber.onState(status));
            stream.listener().changed(status);
        });
    }

    /** By any thread: the first viewer of a rendition came, possibly while there is no signal. */
    void trackStarted() {
        placeOfSlate().ifPresent(place -> run(() -> replace(place)));
    }

    /** The place for the slate of the current state; empty if it needs none. */
    private Optional<Place> placeOfSlate() {
        return makesSlates() && needsSlate(stream.signal().state()) ? Optional.of(nextPlace()) : Optional.empty();
    }

    private boolean makesSlates() {
        return slates && stream.production().makesSlates();
    }

    private Place nextPlace() {
        long seq = numbering.next();
        return new Place(seq, timeline.ofSlate(seq, time.clock().nanos()));
    }

    private static boolean needsSlate(StreamState state) {
        return switch (state) {
            case STALE, OFFLINE, ENDED -> true;
            case IDLE, STARTING, LIVE -> false;
        };
    }

    private void tick() {
        try {
            stream.production().check();
            tellTroubles();
            if (makesSlates() && renditions.tracks().stream().anyMatch(this::isWaiting)) {
                replace(nextPlace());
            }
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            LOG.warn("stream '{}': its watch failed", stream.name(), e);
        }
    }

    /** Reports to viewers and the log when a processor gets into trouble, or out of it. */
    private void tellTroubles() {
        List<ProcessorStatus> steps =
                stream.processors().stream().filter(ProcessorStatus::inTrouble).toList();
        List<String> now = steps.stream().map(ProcessorStatus::text).toList();
        if (now.equals(troubles)) {
            return;
        }
        steps.stream()
                .filter(step -> step.state() == StepState.HANGING)
                .filter(step -> !troubles.contains(step.text()))
                .forEach(step -> LOG.warn("stream '{}': processor {}", stream.name(), step.text()));
        troubles = now;
        StreamStatus status = stream.status();
        renditions.forEachSubscriber(subscriber -> subscriber.onState(status));
    }

    /** Whether the viewers of a rendition have seen nothing for too long, or lost the slate on the way. */
    private boolean isWaiting(RenditionTrack track) {
        StreamSignal signal = stream.signal();
        if (signal.state() == StreamState.STARTING) {
            return signal.nanosInState() > PATIENCE_NANOS
                    && track.fanout().latest().isEmpty();
        }
        return needsSlate(signal.state()) && track.needsSlateAgain(time.clock().nanos());
    }

    /**
     * Publishes the slate of the current state, unless the stream is live. All renditions get the same slate, so that its
     * identity, which is also reported apart from the frame, matches each.
     */
    private void replace(Place place) {
        StreamState state = stream.signal().state();
        if (!makesSlates() || state == StreamState.LIVE || state == StreamState.IDLE) {
            return;
        }
        Metadata metadata = new Metadata().put("state", state.name());
        for (RenditionTrack track : renditions.tracks()) {
            track.publishSlate(slate(track, text(state), place.seq(), metadata).presentedAt(place.nanos()));
        }
    }

    private EncodedFrame slate(RenditionTrack track, String text, long seq, Metadata metadata) {
        if (track.rendition().equals(Rendition.METADATA)) {
            EncodedFrame shown = renditions.newest().orElseGet(() -> blank(Rendition.DEFAULT, text, seq, metadata));
            return RenditionTrack.identity(shown, seq, metadata);
        }
        Rendition rendition = track.rendition();
        try (Frame last = lastSeen(track).orElse(null)) {
            return last == null
                    ? blank(rendition, text, seq, metadata)
                    : Slate.of(last, rendition, text, seq, metadata);
        }
    }

    private EncodedFrame blank(Rendition rendition, String text, long seq, Metadata metadata) {
        StreamStatus status = stream.status(); // it knows their size even without viewers
        return Slate.blank(
                rendition,
                status.pictures().width(),
                status.pictures().height(),
                text,
                seq,
                time.clock().nanos(),
                metadata);
    }

    /** The last frame of a rendition, or of another processed one, or one that nobody watched; the caller closes it. */
    private Optional<Frame> lastSeen(RenditionTrack track) {
        return Stream.concat(Stream.of(track), renditions.processed().stream())
                .map(RenditionTrack::lastSeen)
                .flatMap(Optional::stream)
                .findFirst()
                .or(stream.lastPicture()::gray)
                .flatMap(this::unlessOfPast);
    }

    /** What another source showed is no picture of this one. */
    private Optional<Frame> unlessOfPast(Frame frame) {
        if (stream.signal().isOfPast(frame.seq())) {
            frame.close();
            return Optional.empty();
        }
        return Optional.of(frame);
    }

    private String text(StreamState state) {
        StreamSignal signal = stream.signal();
        String lastSeen = CLOCK.format(signal.lastPicture().orElseGet(signal::since));
        return switch (state) {
            case STARTING -> "connecting...";
            case ENDED -> "ended at " + lastSeen;
            case STALE -> "no picture since " + lastSeen;
            default ->
                stream.whyNotPublishable().isEmpty() && signal.lastPicture().isEmpty()
                        ? "nobody sends pictures yet"
                        : "no signal since " + lastSeen;
        };
    }

    /** As {@link LiveStream#remains}. */
    void remains(Rendition rendition, Executor executor, Consumer<Optional<EncodedFrame>> taker) {
        boolean begun = run(() -> {
            Optional<EncodedFrame> last = remains(rendition);
            executor.execute(() -> taker.accept(last));
        });
        if (!begun) {
            executor.execute(() -> taker.accept(Optional.empty()));
        }
    }

    private Optional<EncodedFrame> remains(Rendition rendition) {
        try {
            return stream.lastPicture()
                    .jpeg(rendition, stream.signal().state())
                    .filter(last -> !stream.signal().isOfPast(last.seq()));
        } catch (RefusedException e) {
            return Optional.empty();
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            LOG.warn("stream '{}': its last picture cannot be encoded as {}", stream.name(), rendition.describe(), e);
            return Optional.empty();
        }
    }

    /** Runs a task soon on the thread of all watches; false if the server is stopping. */
    private boolean run(Runnable task) {
        try {
            time.watch().execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                    LOG.warn("stream '{}': its slate failed", stream.name(), e);
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("stream '{}' changes its state while the server stops", stream.name());
            return false;
        }
    }

    /**
     * A slate's place among the frames.
     *
     * @param seq its number
     * @param nanos its presentation timestamp
     */
    private record Place(long seq, long nanos) {}
}
