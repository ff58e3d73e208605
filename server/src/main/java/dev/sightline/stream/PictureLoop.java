package dev.sightline.stream;

import dev.sightline.codec.CodecException;
import dev.sightline.codec.JpegDecoder;
import dev.sightline.codec.JpegIdentity;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.pipeline.Pipeline;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of every picture of a stream: out of the slot, decoded, through the pipeline, lent to the encoders. Runs on the
 * stream's own thread, which opens and closes each raw frame in one {@code try}.
 *
 * <p>Where no step changes pictures, a JPEG source's own pictures are passed through; where there is no step at all, and
 * nobody wants another rendition, they are not even decoded.
 */
final class PictureLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PictureLoop.class);

    private final String name;
    private final NewestSlot<Picture> slot;
    private final Pipeline pipeline;
    private final Renditions renditions;
    private final Signal signal;
    private final RateMeter rate = new RateMeter();
    private final JpegDecoder decoder = new JpegDecoder();

    // Written by the stream's thread, read by any.
    private volatile long frames;
    private volatile long broken;
    private volatile int width;
    private volatile int height;

    PictureLoop(String name, NewestSlot<Picture> slot, Pipeline pipeline, Renditions renditions, Signal signal) {
        this.name = name;
        this.slot = slot;
        this.pipeline = pipeline;
        this.renditions = renditions;
        this.signal = signal;
    }

    @Override
    public void run() {
        try (pipeline;
                decoder) {
            for (Optional<Picture> next = slot.take(); next.isPresent(); next = slot.take()) {
                show(next.get());
            }
        } catch (InterruptedException e) {
            // The stream stops.
            Thread.currentThread().interrupt();
        }
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
            if (picture instanceof EncodedFrame encoded) {
                show(encoded);
            } else if (picture instanceof Frame frame) {
                try (frame) {
                    pipeline.process(frame);
                    encode(frame, renditions.tracks());
                    count(frame);
                }
            }
        } catch (CodecException e) {
            if (broken++ == 0) {
                LOG.warn("stream '{}': a picture was left out: {}", name, e.getMessage());
            }
        } catch (RuntimeException e) {
            if (broken++ == 0) {
                LOG.warn("stream '{}': a picture was left out", name, e);
            }
        }
    }

    private void show(EncodedFrame encoded) {
        List<RenditionTrack> tracks = renditions.tracks();
        boolean passes = !pipeline.changesPicture();
        List<RenditionTrack> toEncode = tracks.stream()
                .filter(track -> !passes || !track.rendition().equals(Rendition.DEFAULT))
                .toList();
        EncodedFrame shown = encoded;
        if (!pipeline.isEmpty() || !toEncode.isEmpty()) {
            try (Frame frame = decoder.decode(encoded, pipeline.input())) {
                frame.metadata().addAll(encoded.metadata());
                pipeline.process(frame);
                encode(frame, toEncode);
                count(frame);
                shown = encoded.with(frame.metadata());
            }
        } else {
            count(encoded);
        }
        if (passes && toEncode.size() < tracks.size()) {
            passThrough(JpegIdentity.stamp(shown), tracks);
        }
    }

    private static void encode(Frame frame, List<RenditionTrack> tracks) {
        for (RenditionTrack track : tracks) {
            track.offer(frame);
        }
    }

    private static void passThrough(EncodedFrame frame, List<RenditionTrack> tracks) {
        for (RenditionTrack track : tracks) {
            if (track.rendition().equals(Rendition.DEFAULT)) {
                track.pass(frame);
            }
        }
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
