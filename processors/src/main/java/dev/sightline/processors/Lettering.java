package dev.sightline.processors;

import java.text.Normalizer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * How to write a line of text into frames: with an outline, so that it is readable on any background, and smaller if it would
 * not fit the width.
 *
 * @param position where
 * @param color of the letters; the outline is black or white, whichever has more contrast
 * @param size height of a capital letter as a fraction of the frame's height
 */
record Lettering(Position position, Color color, double size) {
    private static final int FONT = opencv_imgproc.FONT_HERSHEY_SIMPLEX;
    /** Height of this font's capital letters at scale 1, in pixels. */
    private static final double CAPITAL = 21;
    /** Smaller text, in pixels, is unreadable. */
    private static final double SMALLEST = 9;

    /**
     * The text as the font can draw it: OpenCV's fonts have only ASCII, so accents are left out.
     *
     * @throws IllegalArgumentException if a character has no such form
     */
    static String drawable(String text) {
        String plain = Normalizer.normalize(text.replace("ß", "ss"), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "");
        plain.chars()
                .filter(character -> character < ' ' || character > '~')
                .findFirst()
                .ifPresent(character -> {
                    throw new IllegalArgumentException(
                            "the text '" + text + "' holds a character that cannot be drawn (U+"
                                    + "%04X): use letters, digits and signs of ASCII; accents are left out"
                                            .formatted(character));
                });
        return plain;
    }

    /** Writes a {@link #drawable} text. */
    void write(Mat picture, String text) {
        double height = Math.max(SMALLEST, size * picture.rows());
        int margin = (int) Math.round(height * 0.6);
        double widest = picture.cols() - 2.0 * margin;
        double width = widthAt(height, text);
        if (width > widest && widest > 0) {
            height *= widest / width;
        }
        int left = position.left(picture.cols(), widthAt(height, text), margin);
        int baseline = position.top(picture.rows(), (int) Math.round(height), margin) + (int) Math.round(height);
        int outline = (int) Math.max(1, Math.round(height / 10));
        line(picture, text, left, baseline, height, color.opposite(), stroke(height) + 2 * outline);
        line(picture, text, left, baseline, height, color, stroke(height));
    }

    private static int stroke(double height) {
        return (int) Math.max(1, Math.round(height / 9));
    }

    private static int widthAt(double height, String text) {
        try (IntPointer below = new IntPointer(1);
                Size size = opencv_imgproc.getTextSize(text, FONT, height / CAPITAL, stroke(height), below)) {
            return size.width();
        }
    }

    private static void line(
            Mat picture, String text, int left, int baseline, double height, Color color, int thickness) {
        try (Point start = new Point(left, baseline);
                Scalar value = color.in(picture)) {
            opencv_imgproc.putText(
                    picture, text, start, FONT, height / CAPITAL, value, thickness, opencv_imgproc.LINE_AA, false);
        }
    }
}
