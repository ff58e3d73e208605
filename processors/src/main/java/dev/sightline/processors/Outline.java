package dev.sightline.processors;

import dev.sightline.frame.Box;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Draws the outline of a box. It lies inside the box, so that pixels around it stay unchanged. Its edges have even coordinates,
 * because JPEG and video store colour only for every second row and column.
 *
 * @param color the colour of the line
 */
record Outline(Color color) {
    /** The line is two pixels thick for each step of this many pixels of the frame's smaller side. */
    private static final float SIDE_OF_A_STEP = 480;

    /** Draws it into the frame; the part of the box outside is left out. */
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
