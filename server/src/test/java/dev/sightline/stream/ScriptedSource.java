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
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/** A source that does what a test tells it, one thing after the other. */
final class ScriptedSource implements Source {
    private enum Act {
        RAW,
        JPEG,
        BROKEN,
        LOSE,
        END
    }

    private final BlockingQueue<Act> acts = new LinkedBlockingQueue<>();
    private final int width;
    private final int height;
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    volatile boolean refuses;

    ScriptedSource(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** The next picture is a raw one, half black, half white. */
    void raw() {
        acts.add(Act.RAW);
    }

    /** The next picture is encoded. */
    void jpeg() {
        acts.add(Act.JPEG);
    }

    /** The next picture is a JPEG that nobody can decode. */
    void broken() {
        acts.add(Act.BROKEN);
    }

    void lose() {
        acts.add(Act.LOSE);
    }

    void end() {
        acts.add(Act.END);
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
                return switch (acts.take()) {
                    case RAW -> Optional.of(frame(numbering));
                    case JPEG -> Optional.of(encoded(numbering));
                    case BROKEN ->
                        Optional.of(EncodedFrame.mjpeg(
                                new byte[] {1, 2, 3},
                                width,
                                height,
                                numbering.next(),
                                numbering.clock().nanos(),
                                Metadata.EMPTY));
                    case LOSE -> throw new SourceException("the line was cut");
                    case END -> Optional.empty();
                };
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
            byte[] bytes = Pictures.jpeg(picture, 50);
            return EncodedFrame.mjpeg(
                    bytes, width, height, numbering.next(), numbering.clock().nanos(), Metadata.EMPTY);
        }
    }

    static Mat picture(int width, int height) {
        Mat mat = new Mat(height, width, opencv_core.CV_8UC3, Scalar.BLACK);
        try (Mat right = mat.colRange(width / 2, width)) {
            right.put(Scalar.WHITE);
        }
        return mat;
    }
}
