package dev.sightline.stream;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Metadata;
import dev.sightline.frame.Picture;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceReader;
import dev.sightline.testkit.Pictures;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/** A source that does what a test tells it, one thing after the other. */
final class ScriptedSource implements Source {
    private final BlockingQueue<Act> acts = new LinkedBlockingQueue<>();
    private final int width;
    private final int height;
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    volatile boolean refuses;
    volatile boolean rests;

    ScriptedSource(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** The next picture is a raw one, half black, half white. */
    void raw() {
        give(this::frame);
    }

    /** The next picture is encoded. */
    void jpeg() {
        give(this::encoded);
    }

    /** The next picture is a JPEG that nobody can decode. */
    void broken() {
        give(numbering -> jpeg(numbering, new byte[] {1, 2, 3}));
    }

    /** The next picture is this one. */
    void give(Function<Numbering, Picture> picture) {
        acts.add(numbering -> Optional.of(picture.apply(numbering)));
    }

    void lose() {
        lose("the line was cut");
    }

    void lose(String why) {
        acts.add(numbering -> {
            throw new SourceException(why);
        });
    }

    void end() {
        acts.add(numbering -> Optional.empty());
    }

    @Override
    public String address() {
        return "scripted:";
    }

    @Override
    public Optional<String> absence() {
        return Optional.empty();
    }

    @Override
    public SourceReader open(Numbering numbering) throws SourceException {
        opened.incrementAndGet();
        if (refuses) {
            closed.incrementAndGet();
            throw new SourceException("nobody answers");
        }
        return new SourceReader() {
            @Override
            public Optional<Picture> read() throws SourceException, InterruptedException {
                return acts.take().perform(numbering);
            }

            @Override
            public boolean isResting() {
                return rests;
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    private Frame frame(Numbering numbering) {
        return new Frame(numbering.next(), numbering.clock().nanos(), picture(width, height));
    }

    private EncodedFrame encoded(Numbering numbering) {
        try (Mat picture = picture(width, height)) {
            return jpeg(numbering, Pictures.jpeg(picture, 50));
        }
    }

    private EncodedFrame jpeg(Numbering numbering, byte[] bytes) {
        return EncodedFrame.mjpeg(
                bytes, width, height, numbering.next(), numbering.clock().nanos(), Metadata.EMPTY);
    }

    static Mat picture(int width, int height) {
        Mat mat = new Mat(height, width, opencv_core.CV_8UC3, Scalar.all(0));
        try (Mat right = mat.colRange(width / 2, width)) {
            right.put(Scalar.all(255));
        }
        return mat;
    }

    /** One thing that it does. */
    @FunctionalInterface
    private interface Act {
        Optional<Picture> perform(Numbering numbering) throws SourceException;
    }
}
