package dev.sightline.testkit;

import dev.sightline.source.pattern.NumberStrip;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.IntBinaryOperator;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** Reads back which picture of the pattern is shown, however it was scaled or compressed; see {@link NumberStrip}. */
public final class PatternNumber {
    private static final int LEAST_CONTRAST = 64;

    private PatternNumber() {}

    /** The number in a BGR or GRAY picture; empty if none can be read. */
    public static OptionalLong read(Mat picture) {
        int channels = picture.channels();
        ByteBuffer pixels = picture.createBuffer();
        int rowBytes = (int) picture.step();
        return read(picture.cols(), picture.rows(), (x, y) -> {
            int at = y * rowBytes + x * channels;
            int sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += pixels.get(at + channel) & 0xFF;
            }
            return sum / channels;
        });
    }

    /** The number in a JPEG picture; empty if none can be read. */
    public static OptionalLong readJpeg(ByteBuffer jpeg) {
        byte[] bytes = new byte[jpeg.remaining()];
        jpeg.duplicate().get(bytes);
        try (Mat encoded = new Mat(bytes);
                Mat picture = opencv_imgcodecs.imdecode(encoded, opencv_imgcodecs.IMREAD_COLOR)) {
            return picture.empty() ? OptionalLong.empty() : read(picture);
        }
    }

    /**
     * The number in a picture of which only the luminance is known.
     *
     * @param luminance 0 to 255 at a column and a row
     */
    public static OptionalLong read(int width, int height, IntBinaryOperator luminance) {
        double[] cells = new double[NumberStrip.CELLS];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cell(i, width, height, luminance);
        }
        double darkest = Arrays.stream(cells).min().orElseThrow();
        double brightest = Arrays.stream(cells).max().orElseThrow();
        if (brightest - darkest < LEAST_CONTRAST) {
            return OptionalLong.empty();
        }
        long bits = 0;
        for (double cell : cells) {
            bits = bits << 1 | (cell > (darkest + brightest) / 2 ? 1 : 0);
        }
        long number = bits >> 8;
        return NumberStrip.check(number) == (bits & 0xFF) ? OptionalLong.of(number) : OptionalLong.empty();
    }

    /** The mean of the middle half of a cell. */
    private static double cell(int index, int width, int height, IntBinaryOperator luminance) {
        double cellWidth = (double) width / NumberStrip.CELLS;
        int left = (int) Math.round((index + 0.25) * cellWidth);
        int right = Math.max(left + 1, (int) Math.round((index + 0.75) * cellWidth));
        int top = (int) Math.round(height * (1 - 3 / 48.0));
        int bottom = Math.max(top + 1, (int) Math.round(height * (1 - 1 / 48.0)));
        long sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += luminance.applyAsInt(Math.min(x, width - 1), Math.min(y, height - 1));
            }
        }
        return (double) sum / ((long) (right - left) * (bottom - top));
    }
}
