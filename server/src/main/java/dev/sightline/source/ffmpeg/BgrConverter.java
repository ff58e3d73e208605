package dev.sightline.source.ffmpeg;

import dev.sightline.ffmpeg.NativeException;
import dev.sightline.ffmpeg.PictureConverter;
import dev.sightline.frame.PixelFormat;
import dev.sightline.source.SourceException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** Converts decoded pictures of any size, pixel format and colour space to upright BGR. Used by one thread. */
final class BgrConverter implements AutoCloseable {
    private final int rotation;
    private final PictureConverter converter = new PictureConverter();

    /** A converter that turns every picture clockwise by 0, 90, 180 or 270 degrees. */
    BgrConverter(int rotation) {
        this.rotation = rotation;
    }

    /** A new picture, which the caller closes. */
    Mat convert(String subject, AVFrame frame) throws SourceException {
        try {
            return upright(converter.convert(frame, PixelFormat.BGR));
        } catch (NativeException e) {
            throw new SourceException(subject + ": its pictures cannot be converted: " + e.getMessage());
        }
    }

    private Mat upright(Mat picture) {
        if (rotation == 0) {
            return picture;
        }
        Mat upright = new Mat();
        try (picture) {
            opencv_core.rotate(
                    picture,
                    upright,
                    switch (rotation) {
                        case 90 -> opencv_core.ROTATE_90_CLOCKWISE;
                        case 180 -> opencv_core.ROTATE_180;
                        default -> opencv_core.ROTATE_90_COUNTERCLOCKWISE;
                    });
        }
        return upright;
    }

    @Override
    public void close() {
        converter.close();
    }
}
