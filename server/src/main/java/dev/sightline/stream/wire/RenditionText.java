package dev.sightline.stream.wire;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import java.util.Arrays;
import java.util.List;

/** A rendition as a word that says all of it: {@code mjpeg/640/80}, {@code vp8/0/2000000}, {@code none}. */
final class RenditionText {
    private static final String UNPROCESSED = "unprocessed";

    private RenditionText() {}

    /** Writes it. */
    static String of(Rendition rendition) {
        if (rendition instanceof Rendition.Jpeg jpeg) {
            return "mjpeg/" + jpeg.width() + "/" + jpeg.quality() + (jpeg.processed() ? "" : "/" + UNPROCESSED);
        }
        return rendition instanceof Rendition.Video video
                ? video.codec().codecName() + "/" + video.width() + "/" + video.bitsPerSecond()
                : Codec.NONE.codecName();
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Rendition read(String text) {
        List<String> parts = List.of(text.split("/"));
        Codec codec = codec(parts.get(0));
        if (codec == Codec.NONE) {
            return Rendition.METADATA;
        }
        if (parts.size() < 3) {
            throw new IllegalArgumentException("'" + text + "' is no rendition");
        }
        int width = Integer.parseInt(parts.get(1));
        int value = Integer.parseInt(parts.get(2));
        return codec == Codec.MJPEG
                ? new Rendition.Jpeg(width, value, !parts.contains(UNPROCESSED))
                : new Rendition.Video(codec, width, value);
    }

    /**
     * The codec of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Codec codec(String name) {
        return Arrays.stream(Codec.values())
                .filter(codec -> codec.codecName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no codec"));
    }
}
