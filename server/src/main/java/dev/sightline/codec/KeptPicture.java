package dev.sightline.codec;

import dev.sightline.frame.Frame;
import dev.sightline.frame.Metadata;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/** A raw frame that outlives its owner without a copy: OpenCV counts references to the pixels. Used by one thread at a time. */
public final class KeptPicture implements AutoCloseable {
    private final Mat pixels = new Mat();
    private long seq;
    private long captureNanos;
    private Metadata metadata = Metadata.EMPTY;

    public KeptPicture() {}

    /** Stores this frame instead of the one before, unless its pixels are not reference-counted and may vanish. */
    public void keep(Frame frame) {
        Mat mat = frame.mat();
        if (mat.u() == null) {
            pixels.release();
            return;
        }
        pixels.put(mat);
        seq = frame.seq();
        captureNanos = frame.captureNanos();
        metadata = frame.metadata();
    }

    /** Releases the frame. */
    public void clear() {
        pixels.release();
    }

    /** The frame, not to be changed, with its identity and metadata; the caller closes it. */
    public Optional<Frame> frame() {
        if (pixels.empty()) {
            return Optional.empty();
        }
        Frame frame = new Frame(seq, captureNanos, new Mat(pixels));
        frame.metadata().addAll(metadata);
        return Optional.of(frame);
    }

    @Override
    public void close() {
        pixels.close();
    }
}
