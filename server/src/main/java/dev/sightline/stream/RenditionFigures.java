package dev.sightline.stream;

import dev.sightline.codec.CodecException;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.metrics.DurationHistogram;
import dev.sightline.metrics.HistogramSnapshot;
import dev.sightline.metrics.SingleWriterCounter;
import dev.sightline.stream.status.StreamStatus.Encoding;
import dev.sightline.stream.status.StreamStatus.RenditionStatus;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what happens to a rendition. Written by the thread that makes its frames, the encoder's or, during passthrough, the
 * stream's; read by any.
 */
final class RenditionFigures {
    private static final Logger LOG = LoggerFactory.getLogger(RenditionTrack.class);
    private static final double MEAN_WEIGHT = 0.05;

    private final String streamName;
    private final Rendition rendition;
    private final EncodeTimes encodeTimes;
    private final SingleWriterCounter frames = new SingleWriterCounter();
    private final SingleWriterCounter encodes = new SingleWriterCounter();
    private final SingleWriterCounter leftOut = new SingleWriterCounter();
    private final DurationHistogram times = new DurationHistogram();
    private volatile int lastBytes;
    private volatile Optional<String> encoder = Optional.empty();
    private volatile double meanNanos;

    /** By the stream's thread. */
    private final SingleWriterCounter skipped = new SingleWriterCounter();
    /** By either thread. */
    private final AtomicLong failures = new AtomicLong();

    /**
     * Counts nothing yet.
     *
     * @param encodeTimes is told the time of each frame of video
     */
    RenditionFigures(String streamName, Rendition rendition, EncodeTimes encodeTimes) {
        this.streamName = streamName;
        this.rendition = rendition;
        this.encodeTimes = encodeTimes;
    }

    /** The encoder worked this long; there is no frame if its bit rate did not allow one. */
    void encoded(String name, long nanos, Optional<EncodedFrame> frame) {
        encodes.add(1);
        encoder = Optional.of(name);
        times.record(nanos);
        meanNanos = meanNanos == 0 ? nanos : meanNanos + (nanos - meanNanos) * MEAN_WEIGHT;
        frame.ifPresentOrElse(this::count, () -> leftOut.add(1));
        if (rendition instanceof Rendition.Video) {
            frame.ifPresent(made -> encodeTimes.add(made, nanos));
        }
    }

    /** The encoder's times so far. */
    HistogramSnapshot times() {
        return times.snapshot();
    }

    /** The encoder worked and failed. */
    void encodedInVain() {
        encodes.add(1);
    }

    /** A frame passes through. */
    void passed(EncodedFrame frame) {
        count(frame);
        encoder = Optional.empty();
        meanNanos = 0;
    }

    private void count(EncodedFrame frame) {
        frames.add(1);
        lastBytes = frame.size();
    }

    /** A frame came while the encoder was busy. */
    void skipped() {
        skipped.add(1);
    }

    /** A frame could not be encoded; the first time, the log says why. */
    void failed(Throwable why) {
        if (failures.getAndIncrement() > 0) {
            return;
        }
        if (why instanceof CodecException) {
            LOG.warn("stream '{}': {} cannot be encoded: {}", streamName, rendition.describe(), why.getMessage());
        } else {
            LOG.warn("stream '{}': {} cannot be encoded", streamName, rendition.describe(), why);
        }
    }

    /** Frames skipped because the encoder was busy, had no bits left, or failed. */
    long dropped() {
        return skipped.value() + leftOut.value() + failures.get();
    }

    /**
     * The rendition's status now.
     *
     * @param keyframes how many were forced
     */
    RenditionStatus status(int viewers, long keyframes) {
        return new RenditionStatus(
                rendition,
                viewers,
                frames.value(),
                encodes.value(),
                skipped.value(),
                keyframes,
                lastBytes,
                new Encoding(encoder, meanNanos / 1e6, times()));
    }
}
