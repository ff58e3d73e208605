package dev.sightline.stream;

import dev.sightline.codec.CodecException;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.metrics.SingleWriterCounter;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorException;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.stream.fanout.Subscriber;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes every frame of a stream out of the slot, decodes it, runs it through the pipeline, and lends it to the encoders. Runs
 * on the stream's own thread, which opens and closes each raw frame in one {@code try}.
 *
 * <p>If no step changes frames, a JPEG source's own bytes pass through; if there is no step at all, and nobody watches another
 * rendition, they are not even decoded. The same goes for video ({@link Passthrough}).
 */
final class PictureLoop implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PictureLoop.class);

    private final String name;
    private final Intake intake;
    private final PictureSlot slot;
    private final Renditions renditions;
    private final Timeline timeline;
    private final StreamStateTracker signal;
    private final LongSupplier nanoTime;
    private final RateMeter rate = new RateMeter();
    private final CatchUpDecoder raw = new CatchUpDecoder();
    private final LastPicture last;
    private final Passthrough passthrough;

    private final AtomicReference<@Nullable NextPipeline> nextPipeline = new AtomicReference<>();

    // Written by the stream's thread, read by any.
    private volatile Pipeline pipeline;
    private final SingleWriterCounter frames = new SingleWriterCounter();
    private final SingleWriterCounter broken = new SingleWriterCounter();
    private final SingleWriterCounter outrun = new SingleWriterCounter();
    private final SingleWriterCounter withheld = new SingleWriterCounter();
    private volatile int width;
    private volatile int height;

    PictureLoop(
            Intake.Target stream,
            Intake intake,
            Pipeline pipeline,
            Renditions renditions,
            Passthrough passthrough,
            Timeline timeline) {
        this.name = stream.name();
        this.slot = stream.slot();
        this.signal = stream.signal();
        this.nanoTime = stream.numbering().clock()::nanos;
        this.last = new LastPicture(nanoTime);
        this.intake = intake;
        this.pipeline = pipeline;
        this.renditions = renditions;
        this.passthrough = passthrough;
        this.timeline = timeline;
    }

    /**
     * Sets another pipeline from the next frame on; any thread. It is made on the stream's thread, since loading processors
     * takes time. Frames that come meanwhile are dropped, and none is shown without it. The status names its steps at once.
     */
    void use(PipelineRecipe next) {
        nextPipeline.set(new NextPipeline(next, nanoTime));
    }

    @Override
    public void run() {
        try (raw) {
            for (Optional<Picture> next = slot.take(); next.isPresent(); next = slot.take()) {
                show(next.get());
            }
        } catch (InterruptedException e) {
            // The stream stops.
            Thread.currentThread().interrupt();
        } finally {
            close();
            renditions.forEachSubscriber(Subscriber::onEnd);
            renditions.close();
        }
    }

    /** Frees the resources of a loop that never ran. */
    @Override
    public void close() {
        pipeline.close();
        last.close();
    }

    /** The newest frame, unless senders provide the frames: one sender's frame must not be shown to a later viewer. */
    LastPicture last() {
        return last;
    }

    /** The status of each step of the pipeline, or of the next pipeline if it comes with the next frame. */
    List<ProcessorStatus> processors() {
        NextPipeline next = nextPipeline.get();
        return next == null ? pipeline.statuses() : next.statuses();
    }

    /** Whether a step of the pipeline may change frames. */
    boolean changesPicture() {
        return pipeline.changesPicture();
    }

    /** Why no frame leaves the pipeline although frames come, for people; empty if the pipeline is not the reason. */
    Optional<String> standstill() {
        NextPipeline next = nextPipeline.get();
        return next == null ? pipeline.standstill() : next.standstill();
    }

    long frames() {
        return frames.value();
    }

    /** Frames that could not be decoded. */
    long broken() {
        return broken.value();
    }

    /** Frames that a step withheld. */
    long withheld() {
        return withheld.value();
    }

    /** Video frames that were decoded only because newer ones depend on them. */
    long outrun() {
        return outrun.value();
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    double fps() {
        return rate.perSecond(nanoTime.getAsLong());
    }

    private void show(Picture picture) {
        long taken = nanoTime.getAsLong();
        try {
            renewPipeline();
            long presentation = timeline.ofPicture(picture.seq(), picture.captureNanos());
            if (picture instanceof EncodedFrame encoded) {
                show(encoded.presentedAt(presentation), taken);
            } else if (picture instanceof Frame frame) {
                try (frame) {
                    if (passes(frame, taken)) {
                        count(frame);
                        renditions.tracks().forEach(track -> track.offer(frame, presentation));
                    }
                }
            }
        } catch (CodecException e) {
            countBroken(e);
        } catch (ProcessorException e) {
            withhold();
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            broken.add(1);
            if (broken.value() == 1) {
                LOG.warn("stream '{}': a picture was left out", name, e);
            }
        }
    }

    private void renewPipeline() {
        NextPipeline next = nextPipeline.get();
        if (next == null) {
            return;
        }
        // It stays next until it could be made: no frame is shown without the requested steps.
        Pipeline made = next.create(name);
        nextPipeline.compareAndSet(next, null);
        pipeline.close();
        pipeline = made;
    }

    private void show(EncodedFrame encoded, long taken) {
        passthrough.next(encoded, pipeline);
        List<RenditionTrack> tracks = renditions.tracks();
        List<RenditionTrack> passing = tracks.stream()
                .filter(track -> passthrough.permits(track.rendition(), encoded))
                .toList();
        EncodedFrame shown = encoded;
        if (!pipeline.isEmpty() || passing.size() < tracks.size() || passthrough.needsDecoder(encoded)) {
            shown = showRaw(encoded, taken, tracks, passing);
        } else {
            raw.skip(encoded);
            count(encoded);
            shown = times(encoded, taken).on(encoded);
        }
        for (RenditionTrack track : passing) {
            if (encoded.codec().intraOnly()) {
                track.pass(shown);
            } else {
                track.pass(shown, passthrough.gop());
            }
        }
        if (slot.needsKeyframe() || raw.needsKeyframe()) {
            intake.requestKeyframe();
        }
    }

    /** Decodes the frame and encodes it for all viewers without passthrough; returns it with its metadata. */
    private EncodedFrame showRaw(
            EncodedFrame encoded, long taken, List<RenditionTrack> tracks, List<RenditionTrack> passing) {
        try (Frame frame = decode(encoded).orElse(null)) {
            boolean outrunByNewer = !encoded.codec().intraOnly() && !slot.isEmpty();
            if (frame == null || outrunByNewer) {
                // Video is decoded without gaps, but only its newest frame is processed.
                if (!passing.isEmpty()) {
                    count(encoded);
                } else if (frame != null) {
                    outrun.add(1);
                }
                return encoded;
            }
            if (!passes(frame, taken)) {
                return encoded;
            }
            count(frame);
            for (RenditionTrack track : tracks) {
                if (!passing.contains(track)) {
                    track.offer(frame, encoded.presentationNanos());
                }
            }
            return encoded.with(frame.metadata());
        }
    }

    /** Runs the pipeline on the frame; false if the frame must be withheld. */
    private boolean passes(Frame frame, long taken) {
        if (pipeline.process(frame)) {
            times(frame, taken).addTo(frame.metadata());
            return true;
        }
        withhold();
        return false;
    }

    private StageTimes times(Picture picture, long taken) {
        return StageTimes.of(picture.captureNanos(), taken, nanoTime.getAsLong());
    }

    private void withhold() {
        withheld.add(1);
        signal.withheld();
    }

    /** A broken frame of a video still passes through, since others depend on it. */
    private Optional<Frame> decode(EncodedFrame encoded) {
        try {
            return raw.decode(encoded, pipeline.input(), passthrough.gop()::frames);
        } catch (CodecException e) {
            if (encoded.codec().intraOnly()) {
                throw e;
            }
            countBroken(e);
            return Optional.empty();
        }
    }

    private void countBroken(CodecException e) {
        broken.add(1);
        if (broken.value() == 1) {
            LOG.warn("stream '{}': a picture was left out: {}", name, e.getMessage());
        }
    }

    private void count(Picture picture) {
        frames.add(1);
        width = picture.width();
        height = picture.height();
        rate.mark(nanoTime.getAsLong());
        if (intake instanceof SourceLoop) {
            last.keep(picture);
        }
        signal.shown(picture.seq());
    }
}
