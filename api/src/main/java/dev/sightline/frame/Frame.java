package dev.sightline.frame;

import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * A raw frame in native memory, with its identity and its {@link Metadata}.
 *
 * <p>Raw frames are lent: a frame has one owner, the stream, which opens and closes it in one {@code try}. A processor may read
 * and change the frame while {@code process} runs and must not keep it afterwards; clone the {@link #mat()} to keep its pixels.
 * Only one thread uses a frame at a time.
 */
public final class Frame implements Picture, AutoCloseable {
    static {
        // OpenCV's Scalar and its superclass, which holds its colors, initialize each other: two threads that each
        // start with one of them would deadlock. Initializing both here prevents that.
        new Scalar().close();
    }

    private final long seq;
    private final long captureNanos;
    private final Metadata metadata = new Metadata();
    private Mat mat;

    /**
     * Creates a frame that owns the given matrix.
     *
     * @param seq the frame's number, from 1
     * @param captureNanos nanoseconds since the Unix epoch
     * @param mat {@code CV_8UC3} (BGR) or {@code CV_8UC1} (GRAY), not empty; the frame closes it
     */
    public Frame(long seq, long captureNanos, Mat mat) {
        this.seq = seq;
        this.captureNanos = captureNanos;
        this.mat = checked(mat);
    }

    @Override
    public long seq() {
        return seq;
    }

    @Override
    public long captureNanos() {
        return captureNanos;
    }

    @Override
    public int width() {
        return mat.cols();
    }

    @Override
    public int height() {
        return mat.rows();
    }

    /** The layout of {@link #mat()}. */
    public PixelFormat pixelFormat() {
        return PixelFormat.ofChannels(mat.channels());
    }

    /** The pixels: rows x columns, 8 bits per channel; valid until {@link #replace} or {@link #close}. */
    public Mat mat() {
        return mat;
    }

    /** The metadata of this frame; processors add to it. */
    public Metadata metadata() {
        return metadata;
    }

    /**
     * Replaces the pixels; the frame owns and closes the new matrix, and closes the old one.
     *
     * @throws IllegalArgumentException if the new matrix is empty or neither BGR nor GRAY with 8 bits per channel
     */
    public void replace(Mat picture) {
        Mat replacement = checked(picture);
        if (replacement != mat) {
            mat.close();
            mat = replacement;
        }
    }

    /** Converts the frame to the given layout; does nothing if it has that layout already. */
    public void convert(PixelFormat target) {
        if (pixelFormat() == target) {
            return;
        }
        Mat converted = new Mat();
        int conversion = target == PixelFormat.GRAY ? opencv_imgproc.COLOR_BGR2GRAY : opencv_imgproc.COLOR_GRAY2BGR;
        opencv_imgproc.cvtColor(mat, converted, conversion);
        replace(converted);
    }

    /** A frame with a copy of the pixels and of the metadata, and the same identity; the caller owns it. */
    public Frame copy() {
        Frame copy = new Frame(seq, captureNanos, mat.clone());
        copy.metadata.addAll(metadata);
        return copy;
    }

    /**
     * What makes the frame unusable for later steps and encoders, for people, for example that it was closed; empty if it is
     * sound.
     */
    public Optional<String> damage() {
        return LentPicture.damage(mat);
    }

    /** Frees the native memory. Only the owner calls it. */
    @Override
    public void close() {
        mat.close();
    }

    private static Mat checked(Mat mat) {
        if (mat.isNull()) {
            throw new IllegalArgumentException("a frame cannot hold a closed picture");
        }
        if (mat.empty()) {
            throw new IllegalArgumentException("a frame cannot hold an empty picture");
        }
        if (mat.depth() != opencv_core.CV_8U) {
            throw new IllegalArgumentException(
                    "a frame has 8 bits a channel (CV_8U), this Mat has depth " + mat.depth());
        }
        PixelFormat.ofChannels(mat.channels());
        return mat;
    }
}
