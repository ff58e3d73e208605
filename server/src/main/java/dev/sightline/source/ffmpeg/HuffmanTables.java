package dev.sightline.source.ffmpeg;

import java.io.ByteArrayOutputStream;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/** The Huffman tables of ITU-T T.81 Annex K, which many cameras omit from their JPEGs and every decoder of files requires. */
public final class HuffmanTables {
    private static final byte[] SEGMENTS = segments();

    private static final int SOI_LENGTH = 2;
    private static final int DHT = 0xC4;
    private static final int SOS = 0xDA;

    private HuffmanTables() {}

    /** The JPEG with Huffman tables: the same array if it has its own, or is too malformed to tell. */
    public static byte[] completed(byte[] jpeg) {
        int at = SOI_LENGTH;
        while (at + 4 <= jpeg.length && (jpeg[at] & 0xFF) == 0xFF) {
            int marker = jpeg[at + 1] & 0xFF;
            if (marker == SOS) {
                return inserted(jpeg, at);
            }
            if (marker == DHT) {
                return jpeg;
            }
            // A fill byte before a marker has no length, a segment has one.
            at += marker == 0xFF ? 1 : 2 + ((jpeg[at + 2] & 0xFF) << 8 | jpeg[at + 3] & 0xFF);
        }
        return jpeg;
    }

    private static byte[] inserted(byte[] jpeg, int at) {
        byte[] complete = new byte[jpeg.length + SEGMENTS.length];
        System.arraycopy(jpeg, 0, complete, 0, at);
        System.arraycopy(SEGMENTS, 0, complete, at, SEGMENTS.length);
        System.arraycopy(jpeg, at, complete, at + SEGMENTS.length, jpeg.length - at);
        return complete;
    }

    private static byte[] segments() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        segment(out, 0x00, JPEGHuffmanTable.StdDCLuminance);
        segment(out, 0x10, JPEGHuffmanTable.StdACLuminance);
        segment(out, 0x01, JPEGHuffmanTable.StdDCChrominance);
        segment(out, 0x11, JPEGHuffmanTable.StdACChrominance);
        return out.toByteArray();
    }

    /** T.81 section B.2.4.2: class and place, the number of codes of each length from 1 to 16, the values. */
    private static void segment(ByteArrayOutputStream out, int place, JPEGHuffmanTable table) {
        short[] lengths = table.getLengths();
        short[] values = table.getValues();
        int size = 2 + 1 + 16 + values.length;
        out.write(0xFF);
        out.write(DHT);
        out.write(size >> 8);
        out.write(size);
        out.write(place);
        for (int i = 0; i < 16; i++) {
            out.write(i < lengths.length ? lengths[i] : 0);
        }
        for (short value : values) {
            out.write(value);
        }
    }
}
