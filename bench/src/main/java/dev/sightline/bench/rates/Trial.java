package dev.sightline.bench.rates;

import dev.sightline.codec.Encoder;
import dev.sightline.codec.Encoders;
import dev.sightline.codec.Rendition;
import dev.sightline.codec.VideoDecoder;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** One encoder on one clip, and beside it a viewer who sees what it makes of it. */
final class Trial implements AutoCloseable {
    private static final long START = 1_760_000_000_000_000_000L;
    /** Alike in all but rounding. */
    private static final double MOST_DECIBELS = 50;

    private final Rendition.Video rendition;
    private final Encoder encoder;
    private final VideoDecoder decoder;
    private Optional<Frame> seen = Optional.empty();

    private Trial(Rendition.Video rendition) {
        this.rendition = rendition;
        this.encoder = Encoders.encoder(rendition);
        this.decoder = new VideoDecoder(rendition.codec());
    }

    /** What comes of so many seconds of a clip. */
    static Outcome of(Rendition.Video rendition, Scene scene, Clip clip, int seconds) {
        try (Trial trial = new Trial(rendition)) {
            return trial.run(scene, clip, seconds * Scene.FPS);
        }
    }

    private Outcome run(Scene scene, Clip clip, int pictures) {
        Outcome outcome = new Outcome(rendition.bitsPerSecond());
        for (int number = 0; number < pictures; number++) {
            long nanos = START + number * 1_000_000_000L / Scene.FPS;
            try (Frame frame = new Frame(number + 1, nanos, clip.paint(scene, number))) {
                encoder.take(frame);
            }
            long begun = System.nanoTime();
            Optional<EncodedFrame> encoded = encoder.encode();
            double took = (System.nanoTime() - begun) / 1e6;
            encoded.ifPresent(this::see);
            outcome.add(
                    encoded.map(EncodedFrame::size).orElse(0),
                    encoded.map(EncodedFrame::keyframe).orElse(false),
                    took,
                    likeness());
        }
        return outcome;
    }

    private void see(EncodedFrame encoded) {
        Optional<Frame> decoded = decoder.decode(encoded, PixelFormat.GRAY);
        seen.ifPresent(Frame::close);
        seen = decoded;
    }

    private double likeness() {
        try (Frame wanted = encoder.lastTaken().orElseThrow()) {
            Mat shown = seen.orElseThrow().mat();
            return Math.min(MOST_DECIBELS, opencv_core.PSNR(wanted.mat(), shown));
        }
    }

    @Override
    public void close() {
        seen.ifPresent(Frame::close);
        decoder.close();
        encoder.close();
    }
}
