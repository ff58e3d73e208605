package dev.sightline.examples;

import dev.sightline.testkit.Pictures;
import java.util.function.Predicate;
import org.bytedeco.javacpp.indexer.UByteIndexer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * A JPEG looked at.
 *
 * @param bytes as it came
 */
record Jpeg(byte[] bytes) {
    /** Width and height in pixels, as {@code 640x480}. */
    String size() {
        try (Mat picture = Pictures.decode(bytes)) {
            return picture.cols() + "x" + picture.rows();
        }
    }

    /** How many colours it has: 1 is gray. */
    int components() {
        return bytes[segment(0xC0) + 9];
    }

    /** The first step of its brightness: that is what its quality decides. */
    int coarseness() {
        return bytes[segment(0xDB) + 5] & 0xFF;
    }

    /** What {@link #coarseness} is of a quality from 50 to 100, by the table in annex K of ITU-T T.81. */
    static int coarseness(int quality) {
        return Math.max(1, (16 * (200 - 2 * quality) + 50) / 100);
    }

    /** Mean brightness of a part, in fractions of the picture. */
    double brightness(double left, double right) {
        try (Mat picture = Pictures.decode(bytes);
                Rect part = new Rect(
                        (int) (left * picture.cols()), 0, (int) ((right - left) * picture.cols()), picture.rows());
                Mat cut = picture.apply(part)) {
            return Pictures.brightness(cut);
        }
    }

    /** How many pixels are so; they are given as blue, green, red. */
    int count(Predicate<int[]> so) {
        try (Mat picture = Pictures.decode(bytes);
                UByteIndexer pixels = picture.createIndexer()) {
            int count = 0;
            int[] pixel = new int[3];
            for (int y = 0; y < picture.rows(); y++) {
                for (int x = 0; x < picture.cols(); x++) {
                    pixels.get(y, x, pixel);
                    count += so.test(pixel) ? 1 : 0;
                }
            }
            return count;
        }
    }

    /** How many pixels are of a strong green. */
    int green() {
        return count(pixel -> pixel[1] > 140 && pixel[0] < 110 && pixel[2] < 110);
    }

    /** Where a segment's marker is. */
    private int segment(int marker) {
        for (int at = 2; at < bytes.length - 4; ) {
            if ((bytes[at + 1] & 0xFF) == marker) {
                return at;
            }
            at += 2 + ((bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF);
        }
        throw new AssertionError("this JPEG has no segment " + Integer.toHexString(marker));
    }
}
