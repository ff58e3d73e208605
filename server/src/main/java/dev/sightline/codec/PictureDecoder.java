package dev.sightline.codec;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes JPEG, PNG, WebP, BMP and the first frame of a GIF with OpenCV, straight to gray if nothing else is needed;
 * transparency is dropped. Used by one thread.
 */
public final class PictureDecoder implements AutoCloseable {
    private BytePointer input = new BytePointer(0);

    /** Creates a decoder, whose input buffer grows as needed. */
    public PictureDecoder() {}

    /**
     * The raw frame, with the same identity; the caller owns it.
     *
     * @throws CodecException if the frame cannot be decoded
     */
    public Frame decode(EncodedFrame encoded, PixelFormat format) {
        Mat picture = new Mat();
        if (!read(encoded, format, picture) || picture.empty()) {
            picture.close();
            throw new CodecException(
                    "a broken " + encoded.codec().codecName() + " picture of " + encoded.size() + " bytes");
        }
        return new Frame(encoded.seq(), encoded.captureNanos(), picture);
    }

    private boolean read(EncodedFrame encoded, PixelFormat format, Mat into) {
        fill(encoded);
        try (Mat bytes = new Mat(1, encoded.size(), opencv_core.CV_8UC1, input)) {
            int flags = format == PixelFormat.GRAY ? opencv_imgcodecs.IMREAD_GRAYSCALE : opencv_imgcodecs.IMREAD_COLOR;
            opencv_imgcodecs.imdecode(bytes, flags, into).close();
            return true;
        } catch (RuntimeException e) {
            // OpenCV throws on some broken images and returns an empty Mat for others.
            return false;
        }
    }

    private void fill(EncodedFrame encoded) {
        if (input.capacity() < encoded.size()) {
            input.close();
            input = new BytePointer(encoded.size() + encoded.size() / 4L);
        }
        input.position(0).limit(input.capacity());
        input.asByteBuffer().put(encoded.data());
    }

    @Override
    public void close() {
        input.close();
    }
}
