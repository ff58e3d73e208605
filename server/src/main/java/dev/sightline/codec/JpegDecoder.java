package dev.sightline.codec;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** Decodes JPEG with OpenCV (libjpeg-turbo), straight to gray where that is all that is wanted. Used by one thread. */
public final class JpegDecoder implements AutoCloseable {
    private BytePointer input = new BytePointer(0);

    /** A decoder, which grows its input buffer as it needs to. */
    public JpegDecoder() {}

    /**
     * The raw frame, with the same identity; the caller owns it.
     *
     * @throws CodecException if the picture cannot be decoded
     */
    public Frame decode(EncodedFrame jpeg, PixelFormat format) {
        Mat picture = new Mat();
        if (!read(jpeg, format, picture) || picture.empty()) {
            picture.close();
            throw new CodecException("a broken JPEG picture of " + jpeg.size() + " bytes");
        }
        return new Frame(jpeg.seq(), jpeg.captureNanos(), picture);
    }

    private boolean read(EncodedFrame jpeg, PixelFormat format, Mat into) {
        fill(jpeg);
        try (Mat bytes = new Mat(1, jpeg.size(), opencv_core.CV_8UC1, input)) {
            int flags = format == PixelFormat.GRAY ? opencv_imgcodecs.IMREAD_GRAYSCALE : opencv_imgcodecs.IMREAD_COLOR;
            opencv_imgcodecs.imdecode(bytes, flags, into).close();
            return true;
        } catch (RuntimeException e) {
            // OpenCV throws on some broken pictures and answers an empty Mat for others.
            return false;
        }
    }

    private void fill(EncodedFrame jpeg) {
        if (input.capacity() < jpeg.size()) {
            input.close();
            input = new BytePointer(jpeg.size() + jpeg.size() / 4L);
        }
        input.position(0).limit(input.capacity());
        input.asByteBuffer().put(jpeg.data());
    }

    @Override
    public void close() {
        input.close();
    }
}
