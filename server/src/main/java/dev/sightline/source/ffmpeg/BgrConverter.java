package dev.sightline.source.ffmpeg;

import dev.sightline.source.SourceException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** Converts decoded pictures of any size, pixel format and colour space to upright BGR. Used by one thread. */
final class BgrConverter implements AutoCloseable {
    /** More bytes than swscale was seen to write behind a picture's end: 24. */
    private static final int OVERRUN = 64;

    private final int rotation;
    private final SwsContext context = swscale.sws_alloc_context();
    private final AVFrame target = avutil.av_frame_alloc();

    /** A converter that turns every picture clockwise by 0, 90, 180 or 270 degrees. */
    BgrConverter(int rotation) {
        this.rotation = rotation;
        context.flags(swscale.SWS_BILINEAR);
    }

    /** A new picture, which the caller closes. */
    Mat convert(String subject, AVFrame frame) throws SourceException {
        Mat picture = picture(frame.width(), frame.height());
        target.format(avutil.AV_PIX_FMT_BGR24);
        target.width(frame.width());
        target.height(frame.height());
        target.colorspace(avutil.AVCOL_SPC_RGB);
        target.color_range(avutil.AVCOL_RANGE_JPEG);
        target.data(0, picture.data());
        target.linesize(0, (int) picture.step());
        int code = swscale.sws_scale_frame(context, target, frame);
        target.data(0, new BytePointer((BytePointer) null));
        if (code < 0) {
            picture.close();
            throw new SourceException(subject + ": its pictures cannot be converted: " + NativeError.text(code));
        }
        return upright(picture);
    }

    /** An empty picture with memory behind its end, because swscale writes past that for some widths. */
    private static Mat picture(int width, int height) {
        try (Mat roomy = new Mat(height + 1 + OVERRUN / width, width, opencv_core.CV_8UC3)) {
            return roomy.rowRange(0, height);
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
        avutil.av_frame_free(target);
        swscale.sws_free_context(context);
    }
}
