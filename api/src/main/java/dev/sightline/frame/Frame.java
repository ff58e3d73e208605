package dev.sightline.frame;

import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * A raw picture in native memory, with its identity and its {@link Metadata}.
 *
 * <p>Raw frames are lent: a frame has one owner, the stream, which opens and closes it in one {@code try}. A processor
 * may read and change the picture while {@code process} runs and must not keep it afterwards; to keep a picture, clone
 * the {@link #mat()}. A frame is used by one thread at a time.
 */
public final class Frame implements Picture, AutoCloseable {
    static {
        // OpenCV's Scalar and its superclass, where its colors stand, need each other to begin: of two threads that
        // come upon
        // one each at the same moment, both would wait for ever. Whoever works on a frame finds both begun.
        new Scalar().close();
    }

    private final long seq;
    private final long captureNanos;
    private final Metadata metadata = new Metadata();
    private Mat mat;

    /**
     * A frame that owns the given picture.
     *
     * @param seq the picture's number, from 1
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

    /** The picture itself, rows x columns, 8 bits a channel; valid until {@link #replace} or {@link #close}. */
    public Mat mat() {
        return mat;
    }

    /** What is known about this picture; processors add to it. */
    public Metadata metadata() {
        return metadata;
    }

    /**
     * Puts another picture in the place of this one; the frame owns and closes the new one, and closes the old.
     *
     * @throws IllegalArgumentException if the new picture is empty or neither BGR nor GRAY with 8 bits a channel
     */
    public void replace(Mat picture) {
        Mat replacement = checked(picture);
        if (replacement != mat) {
            mat.close();
            mat = replacement;
        }
    }

    /** Converts the picture to the given layout; free of cost when it has it already. */
    public void convert(PixelFormat target) {
        if (pixelFormat() == target) {
            return;
        }
        Mat converted = new Mat();
        int conversion = target == PixelFormat.GRAY ? opencv_imgproc.COLOR_BGR2GRAY : opencv_imgproc.COLOR_GRAY2BGR;
        opencv_imgproc.cvtColor(mat, converted, conversion);
        replace(converted);
    }

    /** What was done to the picture that nobody after can bear, as to have closed it, for people; empty where it is sound. */
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
