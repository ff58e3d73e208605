package dev.sightline.testkit;

import dev.sightline.codec.JpegIdentity;
import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import dev.sightline.frame.Picture;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceReader;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/** A source that gives JPEG pictures when a test says so; nobody changes them, so they are passed through. */
public final class PushSource implements Source {
    private final BlockingQueue<Optional<Metadata>> pushed = new LinkedBlockingQueue<>();
    private final byte[] jpeg;
    private final int width;
    private final int height;
    private volatile Optional<String> failure = Optional.empty();

    /** Pictures of that size, full of noise: about 0.7 bytes a pixel at quality 80. */
    public PushSource(int width, int height) {
        this.width = width;
        this.height = height;
        try (Mat noise = new Mat(height, width, opencv_core.CV_8UC3);
                Mat low = new Mat(1, 1, opencv_core.CV_64F, Scalar.all(0));
                Mat high = new Mat(1, 1, opencv_core.CV_64F, Scalar.all(255))) {
            opencv_core.randu(noise, low, high);
            jpeg = Pictures.jpeg(noise, 80);
        }
    }

    /** A source that cannot be opened. */
    public static PushSource failing(String why) {
        PushSource source = new PushSource(16, 16);
        source.failure = Optional.of(why);
        return source;
    }

    /** The next picture comes now. */
    public void push() {
        push(Metadata.EMPTY);
    }

    /** The next picture comes now, and something is known about it. */
    public void push(Metadata metadata) {
        pushed.add(Optional.of(metadata));
    }

    /** It comes to its end. */
    public void end() {
        pushed.add(Optional.empty());
    }

    /** Bytes of a picture as it is delivered in the default rendition, its identity in it. */
    public int deliveredBytes(long seq) {
        return JpegIdentity.stamp(picture(seq, CaptureClock.system().nanos(), Metadata.EMPTY))
                .size();
    }

    @Override
    public String address() {
        return "push:";
    }

    @Override
    public Optional<String> absence() {
        return Optional.empty();
    }

    @Override
    public SourceReader open(Numbering numbering) throws SourceException {
        if (failure.isPresent()) {
            throw new SourceException(failure.get());
        }
        return new SourceReader() {
            @Override
            public Optional<Picture> read() throws InterruptedException {
                return pushed.take()
                        .map(metadata ->
                                picture(numbering.next(), numbering.clock().nanos(), metadata));
            }

            @Override
            public void close() {
                // there is nothing to let go
            }
        };
    }

    private EncodedFrame picture(long seq, long captureNanos, Metadata metadata) {
        return EncodedFrame.mjpeg(jpeg, width, height, seq, captureNanos, metadata);
    }
}
