package dev.sightline.stream;

import dev.sightline.codec.CodecException;
import dev.sightline.codec.PictureDecoder;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.ProcessorStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of every picture of a stream: out of the slot, decoded, through the pipeline, lent to the encoders. Runs on the
 * stream's own thread, which opens and closes each raw frame in one {@code try}.
 *
 * <p>Where no step changes pictures, a JPEG source's own pictures are passed through; where there is no step at all, and
 * nobody wants another rendition, they are not even decoded.
 */
final class PictureLoop implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PictureLoop.class);

    private final String name;
    private final NewestSlot<Picture> slot;
    private final Renditions renditions;
    private final Timeline timeline;
    private final Signal signal;
    private final RateMeter rate = new RateMeter();
    private final PictureDecoder decoder = new PictureDecoder();

    private final AtomicReference<@Nullable Supplier<Pipeline>> nextPipeline = new AtomicReference<>();

    // Written by the stream's thread, read by any.
    private volatile Pipeline pipeline;
    private volatile long frames;
    private volatile long broken;
    private volatile int width;
    private volatile int height;

    PictureLoop(
            String name,
            NewestSlot<Picture> slot,
            Pipeline pipeline,
            Renditions renditions,
            Timeline timeline,
            Signal signal) {
        this.name = name;
        this.slot = slot;
        this.pipeline = pipeline;
        this.renditions = renditions;
        this.timeline = timeline;
        this.signal = signal;
    }

    /**
     * By any thread: from the next picture on, another pipeline runs. It is made on the stream's thread, since loading what
     * processors need takes its time; pictures that come meanwhile are dropped, none is shown without it.
     */
    void use(Supplier<Pipeline> next) {
        nextPipeline.set(next);
    }

    @Override
    public void run() {
        try (decoder) {
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
    }

    /** How each step of the pipeline is doing. */
    List<ProcessorStatus> processors() {
        return pipeline.statuses();
    }

    long frames() {
        return frames;
    }

    /** Pictures that could not be decoded. */
    long broken() {
        return broken;
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
                    pipeline.process(frame);
                    count(frame);
                    renditions.tracks().forEach(track -> track.offer(frame, presentation));
                }
            }
        } catch (CodecException e) {
            if (broken++ == 0) {
                LOG.warn("stream '{}': a picture was left out: {}", name, e.getMessage());
            }
        } catch (RuntimeException | LinkageError e) {
            if (broken++ == 0) {
                LOG.warn("stream '{}': a picture was left out", name, e);
            }
        }
    }

    private void renewPipeline() {
        Supplier<Pipeline> next = nextPipeline.get();
        if (next == null) {
            return;
        }
        // It stays the next one until it could be made: no picture is shown without what was asked for.
        Pipeline made = next.get();
        nextPipeline.compareAndSet(next, null);
        pipeline.close();
        pipeline = made;
    }

    private void show(EncodedFrame encoded) {
        List<RenditionTrack> tracks = renditions.tracks();
        List<RenditionTrack> passing =
                tracks.stream().filter(track -> passes(encoded, track)).toList();
        EncodedFrame shown = encoded;
        if (!pipeline.isEmpty() || passing.size() < tracks.size()) {
            try (Frame frame = decoder.decode(encoded, pipeline.input())) {
                frame.metadata().addAll(encoded.metadata());
                pipeline.process(frame);
                count(frame);
                for (RenditionTrack track : tracks) {
                    if (!passing.contains(track)) {
                        track.offer(frame, encoded.presentationNanos());
                    }
                }
                shown = encoded.with(frame.metadata());
            }
        } else {
            count(encoded);
        }
        for (RenditionTrack track : passing) {
            track.pass(shown);
        }
    }

    private boolean passes(EncodedFrame encoded, RenditionTrack track) {
        return !pipeline.changesPicture() && track.passes(encoded);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void count(Picture picture) {
        frames++;
        width = picture.width();
        height = picture.height();
        rate.mark(System.nanoTime());
        signal.shown(picture.seq());
    }
}
