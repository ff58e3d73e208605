package dev.sightline.processors;

import dev.sightline.frame.Box;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * How the outline of a box is drawn. It lies inside the box, so that nothing around it is touched, and its edges have even
 * places, so that JPEG and video, which keep colour for every second row and column alone, keep its colour.
 *
 * @param color the colour of the line
 */
record Outline(Color color) {
    /** A line two pixels thick for every so many of the picture's smaller side. */
    private static final float SIDE_OF_A_STEP = 480;

    /** Draws it into the picture; the part of the box that lies outside is left out. */
    void draw(Mat picture, Box box) {
        int smaller = Math.min(picture.cols(), picture.rows());
        int thickness = 2 * Math.max(1, Math.round(smaller / SIDE_OF_A_STEP));
        PixelRect outer = PixelRect.of(box, picture.cols(), picture.rows()).even();
        try (Scalar value = color.in(picture)) {
            for (int inset = 0; inset < thickness && 2 * inset < Math.min(outer.width(), outer.height()); inset++) {
                try (Rect line = outer.inset(inset).toRect()) {
                    opencv_imgproc.rectangle(picture, line, value);
                }
            }
        }
    }
}
