package dev.sightline.processors;

import dev.sightline.frame.FramePoint;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A clockwise turn about the centre of a frame, onto a frame just large enough to contain all of it.
 *
 * @param degrees clockwise
 * @param width pixels before the turn
 * @param height pixels before the turn
 */
record Turn(int degrees, int width, int height) {

    /** Where a point of the frame is then. */
    FramePoint moved(FramePoint point) {
        double across = (point.x() - 0.5) * width;
        double down = (point.y() - 0.5) * height;
        return new FramePoint(
                0.5 + (cos() * across - sin() * down) / newWidth(),
                0.5 + (sin() * across + cos() * down) / newHeight());
    }

    /** Draws the turned frame, with black corners, by linear interpolation. */
    void warp(Mat from, Mat to) {
        // OpenCV counts from the middle of the first pixel, hence the halves.
        double halfWidth = (width - 1) / 2.0;
        double halfHeight = (height - 1) / 2.0;
        double shiftX = (newWidth() - 1) / 2.0 - cos() * halfWidth + sin() * halfHeight;
        double shiftY = (newHeight() - 1) / 2.0 - sin() * halfWidth - cos() * halfHeight;
        try (DoublePointer values = new DoublePointer(cos(), -sin(), shiftX, sin(), cos(), shiftY);
                Mat matrix = new Mat(2, 3, opencv_core.CV_64FC1, values);
                Size size = new Size(newWidth(), newHeight())) {
            opencv_imgproc.warpAffine(from, to, matrix, size);
        }
    }

    private int newWidth() {
        return (int) Math.round(spanX(width, height));
    }

    private int newHeight() {
        return (int) Math.round(spanY(width, height));
    }

    private double spanX(double across, double down) {
        return Math.abs(cos()) * across + Math.abs(sin()) * down;
    }

    private double spanY(double across, double down) {
        return Math.abs(sin()) * across + Math.abs(cos()) * down;
    }

    private double cos() {
        return Math.cos(Math.toRadians(degrees));
    }

    private double sin() {
        return Math.sin(Math.toRadians(degrees));
    }
}
