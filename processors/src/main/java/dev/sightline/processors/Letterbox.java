package dev.sightline.processors;

import dev.sightline.frame.Box;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** Fits frames of any shape into a colour square, undistorted, between black bars; and maps boxes back. */
final class Letterbox implements AutoCloseable {
    private final int side;
    private final Mat square;
    private final Mat small = new Mat();
    private PixelRect content = new PixelRect(0, 0, 1, 1);
    private double scale = 1;

    Letterbox(int side) {
        this.side = side;
        try (Scalar black = new Scalar(0)) {
            square = new Mat(side, side, opencv_core.CV_8UC3, black);
        }
    }

    /** The square with the frame in it; overwritten by the next call. */
    Mat fit(Mat picture) {
        place(picture.cols(), picture.rows());
        try (Size size = new Size(content.width(), content.height());
                Rect rect = content.toRect();
                Mat view = new Mat(square, rect)) {
            opencv_imgproc.resize(picture, small, size, 0, 0, opencv_imgproc.INTER_AREA);
            if (small.channels() == 1) {
                opencv_imgproc.cvtColor(small, view, opencv_imgproc.COLOR_GRAY2BGR);
            } else {
                small.copyTo(view);
            }
        }
        return square;
    }

    /** Converts a box in fractions of the square to fractions of the last frame; it may extend beyond that. */
    Box unfit(Box box) {
        return content.inwards(box, side, side);
    }

    /** The length of the square's side in pixels of the last frame. */
    double scale() {
        return scale;
    }

    private void place(int pictureWidth, int pictureHeight) {
        scale = Math.max(pictureWidth, pictureHeight);
        int width = (int) Math.max(1, Math.round(side * pictureWidth / scale));
        int height = (int) Math.max(1, Math.round(side * pictureHeight / scale));
        PixelRect place = new PixelRect((side - width) / 2, (side - height) / 2, width, height);
        if (!place.equals(content)) {
            try (Scalar black = new Scalar(0)) {
                square.put(black);
            }
            content = place;
        }
    }

    @Override
    public void close() {
        square.close();
        small.close();
    }
}
