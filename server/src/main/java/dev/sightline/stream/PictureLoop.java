package dev.sightline.stream;

import dev.sightline.codec.CodecException;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.frame.PixelFormat;
import dev.sightline.metrics.SingleWriterCounter;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.ProcessorException;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.stream.fanout.Subscriber;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.worker.WorkNote;
import dev.sightline.worker.WorkNotes;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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
    private final Supplier<Intake> intake;
    private final PictureSlot slot;
    private final Renditions renditions;
    private final Timeline timeline;
    private final StreamStateTracker signal;
    private final LongSupplier nanoTime;
    private final WorkNotes notes;
    private final RateMeter rate = new RateMeter();
    private final CatchUpDecoder raw = new CatchUpDecoder();
    private final LastPicture last;
    private final Passthrough passthrough;
    private final StageFigures stages = new StageFigures();

    private final PipelineSlot pipelines;
    private final ViewerInputs inputs;

    // Written by the stream's thread, read by any.
    private final SingleWriterCounter frames = new SingleWriterCounter();
    private final SingleWriterCounter broken = new SingleWriterCounter();
    private final SingleWriterCounter outrun = new SingleWriterCounter();
    private final SingleWriterCounter withheld = new SingleWriterCounter();
    private volatile int width;
    private volatile int height;

    PictureLoop(
            Intake.Target stream,
            Supplier<Intake> intake,
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
        this.pipelines = new PipelineSlot(name, pipeline, nanoTime);
        this.inputs = new ViewerInputs(name, pipelines, nanoTime);
        this.renditions = renditions;
        this.passthrough = passthrough;
        this.timeline = timeline;
        this.notes = stream.notes();
    }

    /** The stream's pipeline, and its next one. */
    PipelineSlot pipelines() {
        return pipelines;
    }

    /** What viewers send to the pipeline. */
    ViewerInputs inputs() {
        return inputs;
    }

    @Override
    public void run() {
        try (raw;
                WorkNote note = notes.note(name)) {
            for (Optional<Picture> next = slot.take(); next.isPresent(); next = slot.take()) {
                note.begin();
                show(next.get());
                note.end();
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
        pipelines.close();
        last.close();
    }

    /** The newest frame, unless senders provide the frames: one sender's frame must not be shown to a later viewer. */
    LastPicture last() {
        return last;
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

    /** What leaves the pipeline. */
    StreamStatus.Pictures status() {
        double fps = signal.state() == StreamState.LIVE ? rate.perSecond(nanoTime.getAsLong()) : 0;
        return new StreamStatus.Pictures(
                width, height, fps, frames.value(), stages.status(renditions.encodeTimes(), renditions.reported()));
    }

    /**
     * What is done to every frame.
     *
     * @param steps those of the pipeline
     */
    StreamStatus.Processing processing(List<ProcessorStatus> steps) {
        boolean changes = pipelines.current().changesPicture();
        return new StreamStatus.Processing(
                steps, intake.get().choices(), changes, List.copyOf(inputs.names()), inputs.dropped());
    }

    private void show(Picture picture) {
        long taken = nanoTime.getAsLong();
        try {
            pipelines.renew(slot.takenGeneration());
            inputs.deliver(this::decodeAgain);
            long presentation = timeline.ofPicture(picture.seq(), picture.captureNanos());
            if (picture instanceof EncodedFrame encoded) {
                show(encoded.presentedAt(presentation), taken);
            } else if (picture instanceof Frame frame) {
                passthrough.noVideo();
                try (frame) {
                    renditions.unprocessed().ifPresent(track -> track.offer(frame, presentation));
                    if (passes(frame, Optional.empty(), taken)) {
                        count(frame);
                        renditions.processed().forEach(track -> track.offer(frame, presentation));
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

    private void show(EncodedFrame encoded, long taken) {
        Pipeline pipeline = pipelines.current();
        passthrough.next(encoded, pipeline);
        Optional<RenditionTrack> unprocessed = passUnprocessed(encoded);
        List<RenditionTrack> tracks = renditions.processed();
        List<RenditionTrack> passing = tracks.stream()
                .filter(track -> passthrough.permits(track.rendition(), encoded))
                .toList();
        EncodedFrame shown = encoded;
        if (!pipeline.isEmpty()
                || passing.size() < tracks.size()
                || unprocessed.isPresent()
                || passthrough.needsDecoder(encoded)) {
            shown = showRaw(encoded, taken, tracks, passing, unprocessed);
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
            intake.get().requestKeyframe();
        }
    }

    /** A JPEG needs no decoder to be seen as it came; else the track that needs one, if somebody watches it. */
    private Optional<RenditionTrack> passUnprocessed(EncodedFrame encoded) {
        Optional<RenditionTrack> track = renditions.unprocessed();
        if (encoded.codec() != Codec.MJPEG) {
            return track;
        }
        track.ifPresent(passing -> passing.pass(encoded));
        return Optional.empty();
    }

    /** Decodes the frame and encodes it for all viewers without passthrough; returns it with its metadata. */
    private EncodedFrame showRaw(
            EncodedFrame encoded,
            long taken,
            List<RenditionTrack> tracks,
            List<RenditionTrack> passing,
            Optional<RenditionTrack> unprocessed) {
        // The first step may want less than those see who watch what comes before it.
        PixelFormat format =
                unprocessed.isPresent() ? PixelFormat.BGR : pipelines.current().input();
        try (Frame frame = decode(encoded, format).orElse(null)) {
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
            unprocessed.ifPresent(track -> track.offer(frame, encoded.presentationNanos()));
            if (!passes(
                    frame, Optional.of(encoded).filter(image -> image.codec().intraOnly()), taken)) {
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

    /**
     * Runs the pipeline on the frame; false if the frame must be withheld.
     *
     * @param image that the frame was decoded from, if it needs no other frames
     * @param taken when the frame was taken out of the slot
     */
    private boolean passes(Frame frame, Optional<EncodedFrame> image, long taken) {
        if (pipelines.current().process(frame, image)) {
            times(frame, taken).addTo(frame.metadata());
            return true;
        }
        withhold();
        return false;
    }

    private StageTimes times(Picture picture, long taken) {
        StageTimes times = StageTimes.of(picture.captureNanos(), taken, nanoTime.getAsLong());
        stages.record(times);
        return times;
    }

    private void withhold() {
        withheld.add(1);
        signal.withheld();
    }

    /** A broken frame of a video still passes through, since others depend on it. */
    private Optional<Frame> decode(EncodedFrame encoded, PixelFormat format) {
        try {
            return raw.decode(encoded, format, passthrough.gop()::frames);
        } catch (CodecException e) {
            if (encoded.codec().intraOnly()) {
                throw e;
            }
            countBroken(e);
            return Optional.empty();
        }
    }

    private Frame decodeAgain(EncodedFrame image, PixelFormat format) {
        return raw.decode(image, format).orElseThrow();
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
        if (intake.get() instanceof SourceLoop) {
            last.keep(picture);
        }
        signal.shown(picture.seq());
    }
}
