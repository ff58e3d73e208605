package dev.sightline.bench.micro;

import dev.sightline.codec.Encoder;
import dev.sightline.codec.Encoders;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.source.pattern.PatternPainter;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures to measure with: the test pattern, which compresses about as an indoor scene does. */
final class Samples {
    private Samples() {}

    /** One thread for OpenCV, as the server has it, so that figures are processor time. */
    static void oneThread() {
        opencv_core.setNumThreads(1);
    }

    /** A picture of a size such as {@code 640x480}; the caller closes it. */
    static Mat picture(String size, long number) {
        String[] sides = size.split("x", -1);
        try (PatternPainter painter = new PatternPainter(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), 30)) {
            return painter.paint(number, System.currentTimeMillis() * 1_000_000L);
        }
    }

    /** The same as JPEG, quality 80. */
    static EncodedFrame jpeg(String size) {
        try (Frame frame = new Frame(1, 1, picture(size, 1));
                Encoder encoder = Encoders.encoder(Rendition.DEFAULT)) {
            encoder.take(frame);
            return encoder.encode().orElseThrow();
        }
    }
}
