package dev.sightline.stream;

import dev.sightline.codec.CodecException;
import dev.sightline.codec.Rendition;
import dev.sightline.codec.VideoHeader;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.h264.SequenceParameters;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorException;
import dev.sightline.pipeline.ProcessorStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of every picture of a stream: out of the slot, decoded, through the pipeline, lent to the encoders. Runs on the
 * stream's own thread, which opens and closes each raw frame in one {@code try}.
 *
 * <p>Where no step changes pictures, a JPEG source's own pictures are passed through; where there is no step at all, and
 * nobody wants another rendition, they are not even decoded. The same goes for a video, as far as {@link KeyframeSpacing}
 * believes in it; whoever joins it begins with the last keyframe ({@link Lead}), or waits for the next.
 */
final class PictureLoop implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PictureLoop.class);

    private final String name;
    private final Intake intake;
    private final PictureSlot slot;
    private final Renditions renditions;
    private final Timeline timeline;
    private final StreamStateTracker signal;
    private final RateMeter rate = new RateMeter();
    private final CatchUpDecoder raw = new CatchUpDecoder();
    private final LastPicture last = new LastPicture(System::nanoTime);
    private final KeyframeSpacing spacing = new KeyframeSpacing();
    private final Lead lead;

    /** What the source's own video says of itself. */
    private Optional<SequenceParameters> parameters = Optional.empty();

    private final AtomicReference<@Nullable NextPipeline> nextPipeline = new AtomicReference<>();

    // Written by the stream's thread, read by any.
    private volatile Pipeline pipeline;
    private volatile long frames;
    private volatile long broken;
    private volatile long outrun;
    private volatile long withheld;
    private volatile int width;
    private volatile int height;
    private volatile Optional<SequenceParameters> passed = Optional.empty();

    PictureLoop(
            String name,
            Intake intake,
            PictureSlot slot,
            Pipeline pipeline,
            Renditions renditions,
            Lead lead,
            Timeline timeline,
            StreamStateTracker signal) {
        this.name = name;
        this.intake = intake;
        this.slot = slot;
        this.pipeline = pipeline;
        this.renditions = renditions;
        this.lead = lead;
        this.timeline = timeline;
        this.signal = signal;
    }

    /**
     * By any thread: from the next picture on, another pipeline runs. It is made on the stream's thread, since loading what
     * processors need takes its time; pictures that come meanwhile are dropped, none is shown without it. Until then its
     * steps are told of already.
     */
    void use(PipelineRecipe next) {
        nextPipeline.set(new NextPipeline(next, System::nanoTime));
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

    /** Frees what a loop holds that never ran. */
    @Override
    public void close() {
        pipeline.close();
        last.close();
    }

    /** The newest picture, where there are any without a sender: what one has shown is not for who comes later. */
    LastPicture last() {
        return last;
    }

    /** How each step of the pipeline is doing; of the next one's, where that is to come with the next picture. */
    List<ProcessorStatus> processors() {
        NextPipeline next = nextPipeline.get();
        return next == null ? pipeline.statuses() : next.statuses();
    }

    /** Why no picture leaves the pipeline though some come, for people; empty where it is not to blame. */
    Optional<String> standstill() {
        NextPipeline next = nextPipeline.get();
        return next == null ? pipeline.standstill() : next.standstill();
    }

    long frames() {
        return frames;
    }

    /** Pictures that could not be decoded. */
    long broken() {
        return broken;
    }

    /** Pictures that a step let nobody see. */
    long withheld() {
        return withheld;
    }

    /** Pictures of a video that were decoded for the sake of newer ones alone. */
    long outrun() {
        return outrun;
    }

    /** What the source's own H.264 is like, where it is passed to viewers as it is. */
    Optional<SequenceParameters> passed() {
        return passed;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    double fps() {
        return rate.perSecond(System.nanoTime());
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void show(Picture picture) {
        try {
            renewPipeline();
            long presentation = timeline.ofPicture(picture.seq(), picture.captureNanos());
            if (picture instanceof EncodedFrame encoded) {
                show(encoded.presentedAt(presentation));
            } else if (picture instanceof Frame frame) {
                try (frame) {
                    if (passes(frame)) {
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
            if (broken++ == 0) {
                LOG.warn("stream '{}': a picture was left out", name, e);
            }
        }
    }

    private void renewPipeline() {
        NextPipeline next = nextPipeline.get();
        if (next == null) {
            return;
        }
        // It stays the next one until it could be made: no picture is shown without what was asked for.
        Pipeline made = next.create(name);
        nextPipeline.compareAndSet(next, null);
        pipeline.close();
        pipeline = made;
    }

    private void show(EncodedFrame encoded) {
        boolean video = !encoded.codec().intraOnly();
        if (video) {
            look(encoded);
        }
        List<RenditionTrack> tracks = renditions.tracks();
        List<RenditionTrack> passing =
                tracks.stream().filter(track -> passes(encoded, track)).toList();
        boolean ahead = video && isFromSource() && !spacing.suitsDecoders();
        EncodedFrame shown = encoded;
        if (!pipeline.isEmpty() || passing.size() < tracks.size() || ahead) {
            shown = showRaw(encoded, tracks, passing);
        } else {
            raw.skip(encoded);
            count(encoded);
        }
        for (RenditionTrack track : passing) {
            if (video) {
                track.pass(shown, lead);
            } else {
                track.pass(shown);
            }
        }
        if (slot.needsKeyframe() || raw.needsKeyframe()) {
            intake.requestKeyframe();
        }
    }

    /** Finds out what the source's own video is like, where viewers may be given that, and keeps it for newcomers. */
    private void look(EncodedFrame encoded) {
        spacing.add(encoded);
        if (encoded.keyframe()) {
            VideoHeader.of(encoded.codec(), encoded.data())
                    .flatMap(VideoHeader::parameters)
                    .ifPresent(told -> parameters = Optional.of(told));
        }
        if (suitsViewers()) {
            passed = parameters;
            lead.add(encoded, true);
        } else {
            passed = Optional.empty();
            lead.clear();
        }
    }

    /** Whether viewers may be given the source's own video: it can change its manner at any keyframe. */
    private boolean suitsViewers() {
        return pipeline.isEmpty()
                && isFromSource()
                && spacing.suitsViewers()
                && parameters.filter(told -> !told.suitsViewers()).isEmpty();
    }

    /** Whether viewers of a rendition are given the picture as it is. */
    private boolean passes(EncodedFrame encoded, RenditionTrack track) {
        if (!track.passes(encoded)) {
            return false;
        }
        if (encoded.codec().intraOnly()) {
            return !pipeline.changesPicture();
        }
        return pipeline.isEmpty() && (track.rendition().equals(Rendition.METADATA) || suitsViewers());
    }

    /** A sender's video has a keyframe only where one was asked for: no newcomer could join it. */
    private boolean isFromSource() {
        return intake instanceof SourceLoop;
    }

    /** Decodes the picture, and encodes it for all to whom it is not passed; answers it with what was found in it. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private EncodedFrame showRaw(EncodedFrame encoded, List<RenditionTrack> tracks, List<RenditionTrack> passing) {
        try (Frame frame = decode(encoded).orElse(null)) {
            boolean outrunByNewer = !encoded.codec().intraOnly() && !slot.isEmpty();
            if (frame == null || outrunByNewer) {
                // Video is decoded without a gap, but only its newest picture is worked on.
                if (!passing.isEmpty()) {
                    count(encoded);
                } else if (frame != null) {
                    outrun++;
                }
                return encoded;
            }
            if (!passes(frame)) {
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

    /** Runs the pipeline on it. Answers whether anybody may see what became of it. */
    private boolean passes(Frame frame) {
        if (pipeline.process(frame)) {
            return true;
        }
        withhold();
        return false;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void withhold() {
        withheld++;
        signal.withheld();
    }

    /** A broken picture of a video must not keep it from those to whom it is passed, since others build on it. */
    private Optional<Frame> decode(EncodedFrame encoded) {
        try {
            return raw.decode(encoded, pipeline.input(), lead::pictures);
        } catch (CodecException e) {
            if (encoded.codec().intraOnly()) {
                throw e;
            }
            countBroken(e);
            return Optional.empty();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void countBroken(CodecException e) {
        if (broken++ == 0) {
            LOG.warn("stream '{}': a picture was left out: {}", name, e.getMessage());
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void count(Picture picture) {
        frames++;
        width = picture.width();
        height = picture.height();
        rate.mark(System.nanoTime());
        if (isFromSource()) {
            last.keep(picture);
        }
        signal.shown(picture.seq());
    }
}
