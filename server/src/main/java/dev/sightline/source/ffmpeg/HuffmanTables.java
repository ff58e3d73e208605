package dev.sightline.source.ffmpeg;

import java.io.ByteArrayOutputStream;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * The Huffman tables of ITU-T T.81 Annex K, which many cameras leave out of their pictures and every decoder of files
 * expects to be there.
 */
public final class HuffmanTables {
    private static final byte[] SEGMENTS = segments();

    private static final int SOI_LENGTH = 2;
    private static final int DHT = 0xC4;
    private static final int SOS = 0xDA;

    private HuffmanTables() {}

    /** The picture with Huffman tables: the same array where it has its own, or is too odd to tell. */
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
            // A fill byte before a marker is skipped alone, a segment with its length.
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

    /** T.81 section B.2.4.2: class and place, how many codes of each length from 1 to 16, the values. */
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
