package dev.sightline.ffmpeg;

import dev.sightline.frame.PixelFormat;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** Converts decoded frames of any size, pixel format and colour space to BGR or GRAY. Used by one thread. */
public final class PictureConverter implements AutoCloseable {
    /** More bytes than swscale was seen to write beyond a frame's end: 24. */
    private static final int OVERRUN = 64;

    private final SwsContext context = swscale.sws_alloc_context();
    private final AVFrame target = avutil.av_frame_alloc();

    public PictureConverter() {
        context.flags(swscale.SWS_BILINEAR);
    }

    /**
     * Converts to new pixels, which the caller closes.
     *
     * @throws NativeException if FFmpeg cannot convert it
     */
    public Mat convert(AVFrame frame, PixelFormat format) throws NativeException {
        return convert(frame, format, frame.width(), frame.height());
    }

    /**
     * Converts to new pixels of another size, which the caller closes.
     *
     * @throws NativeException if FFmpeg cannot convert it
     */
    public Mat convert(AVFrame frame, PixelFormat format, int width, int height) throws NativeException {
        boolean gray = format == PixelFormat.GRAY;
        Mat picture = picture(width, height, gray ? opencv_core.CV_8UC1 : opencv_core.CV_8UC3);
        target.format(gray ? avutil.AV_PIX_FMT_GRAY8 : avutil.AV_PIX_FMT_BGR24);
        target.colorspace(gray ? frame.colorspace() : avutil.AVCOL_SPC_RGB);
        target.width(width).height(height).color_range(avutil.AVCOL_RANGE_JPEG);
        // Other values would make swscale compute a three-dimensional table, which takes seconds.
        target.color_primaries(frame.color_primaries()).color_trc(frame.color_trc());
        // swscale refuses to convert between interlaced and progressive frames. Lines are converted one by one in any
        // case.
        frame.flags(frame.flags() & ~AVFrame.AV_FRAME_FLAG_INTERLACED);
        target.data(0, picture.data());
        target.linesize(0, (int) picture.step());
        int code = swscale.sws_scale_frame(context, target, frame);
        target.data(0, new BytePointer((BytePointer) null));
        if (code < 0) {
            picture.close();
            throw new NativeException(code);
        }
        return picture;
    }

    /** Allocates empty pixels with memory beyond their end, because swscale writes past it for some widths. */
    private static Mat picture(int width, int height, int type) {
        try (Mat roomy = new Mat(height + 1 + OVERRUN / width, width, type)) {
            return roomy.rowRange(0, height);
        }
    }

    @Override
    public void close() {
        avutil.av_frame_free(target);
        swscale.sws_free_context(context);
    }
}
