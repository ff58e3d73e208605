package dev.sightline.codec;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A frame in the form for video encoders: I420, ITU-R BT.601, limited range (luma 16 to 235), in memory that OpenCV writes and
 * FFmpeg reads. Used by one thread at a time.
 */
final class YuvPicture implements AutoCloseable {
    private static final double LUMA_SCALE = 219.0 / 255;
    private static final double LUMA_BLACK = 16;
    /** Codecs round up to whole blocks, and some read a few bytes beyond the end. */
    private static final int PADDING = 256;

    private final int width;
    private final int height;
    private final AVFrame frame = avutil.av_frame_alloc();
    private final Mat planes;
    private final ByteBuffer luma;
    private final Mat scaled = new Mat();

    /** Creates a frame of a size, both even. */
    YuvPicture(int width, int height) {
        this.width = width;
        this.height = height;
        int pixels = width * height;
        AVBufferRef buffer = avutil.av_buffer_allocz(pixels * 3L / 2 + PADDING);
        BytePointer bytes = buffer.data();
        frame.format(avutil.AV_PIX_FMT_YUV420P).width(width).height(height);
        frame.color_range(avutil.AVCOL_RANGE_MPEG).colorspace(avutil.AVCOL_SPC_SMPTE170M);
        frame.buf(0, buffer);
        frame.data(0, bytes).linesize(0, width);
        frame.data(1, bytes.getPointer(pixels)).linesize(1, width / 2);
        frame.data(2, bytes.getPointer(pixels * 5L / 4)).linesize(2, width / 2);
        this.luma = bytes.getPointer(0).capacity(pixels).asByteBuffer();
        planes = new Mat(height * 3 / 2, width, opencv_core.CV_8UC1, bytes);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The luma, row by row. */
    ByteBuffer luma() {
        return luma;
    }

    /** FFmpeg's view of it, owned by this object. */
    AVFrame frame() {
        return frame;
    }

    /** A copy of the luminance, black to white; the caller closes it. */
    Mat gray() {
        Mat gray = new Mat();
        try (Mat luma = planes.rowRange(0, height)) {
            luma.convertTo(gray, -1, 1 / LUMA_SCALE, -LUMA_BLACK / LUMA_SCALE);
        }
        return gray;
    }

    /** Fills in a BGR or GRAY frame, scaled to the size. */
    void fill(Mat picture) {
        if (picture.cols() >= width * 2 || picture.rows() >= height * 2) {
            scaleAndConvert(picture, opencv_imgproc.INTER_AREA);
        } else if (isOddAtMost(picture.cols(), width) && isOddAtMost(picture.rows(), height)) {
            crop(picture);
        } else {
            scaleAndConvert(picture, opencv_imgproc.INTER_LINEAR);
        }
    }

    private static boolean isOddAtMost(int length, int even) {
        return length == even || length == even + 1;
    }

    private void scaleAndConvert(Mat picture, int interpolation) {
        try (Size size = new Size(width, height)) {
            opencv_imgproc.resize(picture, scaled, size, 0, 0, interpolation);
        }
        convert(scaled);
    }

    /** Drops an odd row or column, which is faster and sharper than scaling. */
    private void crop(Mat picture) {
        try (Rect even = new Rect(0, 0, width, height);
                Mat part = picture.apply(even)) {
            convert(part);
        }
    }

    private void convert(Mat picture) {
        if (picture.channels() == 3) {
            opencv_imgproc.cvtColor(picture, planes, opencv_imgproc.COLOR_BGR2YUV_I420);
            return;
        }
        try (Mat luma = planes.rowRange(0, height);
                Mat chroma = planes.rowRange(height, height * 3 / 2);
                Scalar colourless = Scalar.all(128)) {
            picture.convertTo(luma, -1, LUMA_SCALE, LUMA_BLACK);
            chroma.put(colourless);
        }
    }

    @Override
    public void close() {
        planes.close();
        scaled.close();
        avutil.av_frame_free(frame);
    }
}
