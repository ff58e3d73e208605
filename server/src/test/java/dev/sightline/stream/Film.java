package dev.sightline.stream;

import dev.sightline.codec.Encoder;
import dev.sightline.codec.Encoders;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.testkit.Pictures;

/** A video as somebody else would send it, half black, half white, picture by picture. */
final class Film implements AutoCloseable {
    private final Codec codec;
    private final int width;
    private final int height;
    private final Encoder encoder;
    private long captureNanos = 1;

    Film(Codec codec, int width, int height) {
        this.codec = codec;
        this.width = width;
        this.height = height;
        this.encoder = Encoders.encoder(new Rendition.Video(codec, Rendition.SOURCE_WIDTH, 1_000_000));
    }

    /** The next picture as a publisher sends it. */
    EncodedVideo next(boolean keyframe) {
        if (keyframe) {
            encoder.forceKeyframe();
        }
        captureNanos += 33_000_000;
        try (Frame frame = new Frame(1, captureNanos, ScriptedSource.picture(width, height))) {
            encoder.take(frame);
        }
        EncodedFrame encoded = encoder.encode().orElseThrow();
        return new EncodedVideo(codec, Pictures.bytes(encoded), encoded.keyframe());
    }

    @Override
    public void close() {
        encoder.close();
    }
}
