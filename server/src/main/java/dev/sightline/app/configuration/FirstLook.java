package dev.sightline.app.configuration;

import dev.sightline.admin.Configuration.Probe;
import dev.sightline.codec.CodecException;
import dev.sightline.codec.Encoder;
import dev.sightline.codec.Encoders;
import dev.sightline.codec.PictureDecoder;
import dev.sightline.codec.Rendition;
import dev.sightline.codec.VideoDecoder;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.frame.PixelFormat;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The first frames of a source: their kind and rate, and the first that can be decoded as a JPEG. Used by one thread. */
final class FirstLook implements AutoCloseable {
    /** A rate is measured over so long, or so many frames. */
    private static final long MEASURED_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

    private static final int MEASURED_FRAMES = 30;
    private static final Rendition STILL = new Rendition.Jpeg(640, 80);

    private final LongSupplier nanoTime;
    private final PictureDecoder singles = new PictureDecoder();
    private @Nullable VideoDecoder video;
    private long begunNanos;
    private int frames;
    private long firstCapture;
    private long lastCapture;
    private int width;
    private int height;
    private Optional<String> codec = Optional.empty();
    private Optional<String> still = Optional.empty();

    FirstLook(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether enough was seen. */
    boolean isDone() {
        return still.isPresent() && (frames >= MEASURED_FRAMES || nanoTime.getAsLong() - begunNanos > MEASURED_NANOS);
    }

    /** Takes the next frame, which is closed if it is raw. */
    void see(Picture picture) {
        if (frames++ == 0) {
            begunNanos = nanoTime.getAsLong();
            firstCapture = picture.captureNanos();
        }
        lastCapture = picture.captureNanos();
        width = picture.width();
        height = picture.height();
        if (picture instanceof EncodedFrame encoded) {
            codec = Optional.of(encoded.codec().codecName());
        }
        if (still.isEmpty()) {
            raw(picture).ifPresent(this::keep);
        } else if (picture instanceof Frame frame) {
            frame.close();
        }
    }

    private Optional<Frame> raw(Picture picture) {
        if (picture instanceof Frame frame) {
            return Optional.of(frame);
        }
        EncodedFrame encoded = (EncodedFrame) picture;
        try {
            return encoded.codec().intraOnly()
                    ? Optional.of(singles.decode(encoded, PixelFormat.BGR))
                    : video(encoded).decode(encoded, PixelFormat.BGR);
        } catch (CodecException broken) {
            return Optional.empty(); // the next one may be whole
        }
    }

    private VideoDecoder video(EncodedFrame encoded) {
        VideoDecoder present = video == null ? new VideoDecoder(encoded.codec()) : video;
        video = present;
        return present;
    }

    private void keep(Frame frame) {
        try (frame;
                Encoder encoder = Encoders.encoder(STILL)) {
            encoder.take(frame);
            still = encoder.encode().map(jpeg -> {
                byte[] bytes = new byte[jpeg.size()];
                jpeg.data().get(bytes);
                return Base64.getEncoder().encodeToString(bytes);
            });
        }
    }

    /** What was seen; empty if nothing was. */
    Optional<Probe> result(String address) {
        long measured = lastCapture - firstCapture;
        Optional<Double> fps = frames > 1 && measured > 0
                ? Optional.of(Math.round((frames - 1) * 1e10 / measured) / 10.0)
                : Optional.empty();
        return still.map(jpeg -> new Probe(address, width, height, codec, fps, jpeg));
    }

    @Override
    public void close() {
        singles.close();
        if (video != null) {
            video.close();
        }
    }
}
