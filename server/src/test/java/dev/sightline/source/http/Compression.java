package dev.sightline.source.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Bodies as servers compress them. */
final class Compression {
    private Compression() {}

    /** What is written here goes out compressed, all of it at each flush. */
    static OutputStream to(OutputStream out, String coding) throws IOException {
        return switch (coding) {
            case "gzip" -> new GZIPOutputStream(out, 512, true);
            case "deflate" -> new DeflaterOutputStream(out, true);
            default -> out;
        };
    }

    /** A whole body. */
    static byte[] of(String coding, byte[] content) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (OutputStream out = to(body, coding)) {
            out.write(content);
        }
        return body.toByteArray();
    }
}
