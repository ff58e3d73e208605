package dev.sightline.source.ffmpeg;

import dev.sightline.ffmpeg.NativeException;
import dev.sightline.ffmpeg.PictureConverter;
import dev.sightline.frame.PixelFormat;
import dev.sightline.source.SourceException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Converts decoded frames of any size, pixel format, pixel shape, orientation and colour space to upright BGR with square
 * pixels. Used by one thread.
 */
final class BgrConverter implements AutoCloseable {
    private final SampleAspectRatio container;
    private final PictureConverter converter = new PictureConverter();

    /** Creates a converter for the video of a container, whose pixel shape overrides the video's own. */
    BgrConverter(SampleAspectRatio container) {
        this.container = container;
    }

    /** The converted pixels, which the caller closes. */
    Mat convert(String subject, AVFrame frame) throws SourceException {
        SampleAspectRatio pixels = container.isSquare() ? SampleAspectRatio.of(frame.sample_aspect_ratio()) : container;
        SampleAspectRatio.Size size = pixels.squared(frame.width(), frame.height());
        try {
            Mat picture = converter.convert(frame, PixelFormat.BGR, size.width(), size.height());
            return Orientation.of(frame).upright(picture);
        } catch (NativeException e) {
            throw new SourceException(subject + ": its pictures cannot be converted: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        converter.close();
    }
}
