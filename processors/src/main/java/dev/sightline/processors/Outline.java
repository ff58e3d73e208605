package dev.sightline.processors;

import dev.sightline.frame.Box;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * How the outline of a box is drawn. It lies inside the box, so that nothing around it is touched.
 *
 * @param color the colour of the line
 * @param thicknessAt480 pixels in a picture 480 pixels high, growing with larger pictures
 */
record Outline(Color color, int thicknessAt480) {

    /** Draws it into the picture; the part of the box that lies outside is left out. */
    void draw(Mat picture, Box box) {
        int smaller = Math.min(picture.cols(), picture.rows());
        int thickness = Math.max(thicknessAt480, Math.round(thicknessAt480 * smaller / 480f));
        PixelRect outer = PixelRect.of(box, picture.cols(), picture.rows());
        try (Scalar value = color.in(picture)) {
            for (int inset = 0; inset < thickness && 2 * inset < Math.min(outer.width(), outer.height()); inset++) {
                try (Rect line = outer.inset(inset).toRect()) {
                    opencv_imgproc.rectangle(picture, line, value);
                }
            }
        }
    }
}
