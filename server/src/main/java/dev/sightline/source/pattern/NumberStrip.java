package dev.sightline.source.pattern;

import java.nio.ByteBuffer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Writes a frame's number into its pixels, so that a program can tell from the screen which frame is shown.
 *
 * <p>The strip is the lowest twelfth of the frame, over its whole width, cut into {@value #CELLS} cells of equal width, each
 * black (0) or white (1). From left to right they contain the low 32 bits of the number, the most significant first, then 8
 * check bits: CRC-8 (polynomial 0x07, start value 0xFF, not reflected) of those 32 bits taken as four bytes. Neither a black
 * nor a white strip is a number.
 *
 * <p>To read it, average the luminance in the middle of each cell. A cell is 1 if it is above the mean of the darkest and the
 * brightest cell. There is no number if these two differ by less than 64 or the check bits disagree. It survives scaling to a
 * width of 160 pixels, a JPEG quality of 50, and grayscale.
 */
public final class NumberStrip {
    /** Number bits plus check bits. */
    public static final int CELLS = 40;

    private static final int BYTES_PER_PIXEL = 3;

    private NumberStrip() {}

    /** The cells of a number from left to right, true for white. */
    public static boolean[] cells(long number) {
        long bits = (number & 0xFFFF_FFFFL) << 8 | check(number);
        boolean[] cells = new boolean[CELLS];
        for (int i = 0; i < CELLS; i++) {
            cells[i] = (bits >> (CELLS - 1 - i) & 1) == 1;
        }
        return cells;
    }

    /** The 8 check bits of the low 32 bits of a number. */
    public static int check(long number) {
        int crc = 0xFF;
        for (int shift = 24; shift >= 0; shift -= 8) {
            crc ^= (int) (number >> shift) & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x80) == 0 ? crc << 1 : crc << 1 ^ 0x07;
                crc &= 0xFF;
            }
        }
        return crc;
    }

    /** The strip's height in a frame of this height: a twelfth, rounded up. */
    static int height(int pictureHeight) {
        return (pictureHeight + 11) / 12;
    }

    /** Writes a number into a contiguous BGR frame. */
    static void paint(Mat picture, long number) {
        byte[] row = row(cells(number), picture.cols());
        ByteBuffer pixels = picture.createBuffer();
        for (int y = picture.rows() - height(picture.rows()); y < picture.rows(); y++) {
            pixels.put(y * row.length, row);
        }
    }

    private static byte[] row(boolean[] cells, int width) {
        byte[] row = new byte[width * BYTES_PER_PIXEL];
        for (int i = 0; i < row.length; i++) {
            row[i] = (byte) (cells[i / BYTES_PER_PIXEL * CELLS / width] ? 255 : 0);
        }
        return row;
    }
}
