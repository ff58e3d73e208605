package dev.sightline.bench.floor;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JPEG pictures in a file: their number, then each as its length and its bytes. */
public final class Recording {
    private Recording() {}

    /** Writes the pictures. */
    public static void write(Path file, List<byte[]> pictures) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(pictures.size());
            for (byte[] picture : pictures) {
                out.writeInt(picture.length);
                out.write(picture);
            }
        }
    }

    /** Reads the pictures. */
    public static List<byte[]> read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            List<byte[]> pictures = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                pictures.add(in.readNBytes(in.readInt()));
            }
            return pictures;
        }
    }
}
