package dev.sightline.source.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes into an MP4 file that its pictures are to be turned, as a phone does (ISO 14496-12, section 8.3.2). */
final class Mp4Rotation {
    /** Version, flags, two times, track number, reserved, duration, reserved, layer, group, volume, reserved. */
    private static final int MATRIX_IN_TKHD = 4 + 4 + 4 + 4 + 4 + 4 + 8 + 2 + 2 + 2 + 2;

    private static final int ONE = 0x10000;

    private Mp4Rotation() {}

    /** Sets the first track's matrix to a rotation clockwise by 90, 180 or 270 degrees. */
    static void set(Path file, int degrees) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int box = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("tkhd");
        int sine = degrees == 90 ? ONE : degrees == 270 ? -ONE : 0;
        int cosine = degrees == 180 ? -ONE : 0;
        ByteBuffer matrix = ByteBuffer.wrap(bytes).position(box + 4 + MATRIX_IN_TKHD);
        matrix.putInt(cosine).putInt(sine).putInt(0).putInt(-sine).putInt(cosine);
        Files.write(file, bytes);
    }
}
