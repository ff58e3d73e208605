package dev.sightline.codec;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import dev.sightline.source.pattern.PatternPainter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Encodes pictures of the pattern, numbered from 1. */
final class VideoPictures {
    static final long START = 1_760_000_000_123_456_789L;

    private VideoPictures() {}

    /** What an encoder makes of so many pictures, at 30 a second. */
    static List<EncodedFrame> encode(Rendition.Video rendition, int width, int height, int pictures) {
        try (Encoder encoder = Encoders.encoder(rendition)) {
            return encode(encoder, width, height, 30, pictures, i -> {});
        }
    }

    /**
     * What an encoder makes of so many pictures.
     *
     * @param before told the number of each picture before it is encoded
     */
    static List<EncodedFrame> encode(
            Encoder encoder, int width, int height, int fps, int pictures, IntConsumer before) {
        List<EncodedFrame> encoded = new ArrayList<>();
        try (PatternPainter painter = new PatternPainter(width, height, fps)) {
            for (int number = 1; number <= pictures; number++) {
                before.accept(number);
                encode(encoder, painter, number, fps, PixelFormat.BGR).ifPresent(encoded::add);
            }
        }
        return encoded;
    }

    /** What an encoder makes of one picture. */
    static Optional<EncodedFrame> encode(
            Encoder encoder, PatternPainter painter, long number, int fps, PixelFormat format) {
        take(encoder, painter, number, fps, format);
        return encoder.encode();
    }

    /** Lends an encoder one picture. */
    static void take(Encoder encoder, PatternPainter painter, long number, int fps, PixelFormat format) {
        long nanos = START + number * 1_000_000_000L / fps;
        try (Frame frame = new Frame(number, nanos, painter.paint(number, nanos))) {
            frame.convert(format);
            frame.metadata().put("number", number);
            encoder.take(frame);
        }
    }

    /** How many kilobits a second the pictures take. */
    static long kilobitsPerSecond(List<EncodedFrame> pictures, double seconds) {
        return Math.round(pictures.stream().mapToLong(EncodedFrame::size).sum() * 8 / seconds / 1_000);
    }
}
