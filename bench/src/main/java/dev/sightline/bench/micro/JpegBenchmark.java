package dev.sightline.bench.micro;

import dev.sightline.codec.Encoder;
import dev.sightline.codec.Encoders;
import dev.sightline.codec.PictureDecoder;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** JPEG at quality 80: what a rendition costs, and a source that sends JPEG. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class JpegBenchmark {
    /** The picture's size. */
    @Param({"640x480", "1280x720"})
    public String size = "";

    private Frame frame;
    private EncodedFrame jpeg;
    private Encoder encoder;
    private PictureDecoder decoder;

    /** Makes the picture. */
    @Setup
    public void open() {
        Samples.oneThread();
        frame = new Frame(1, 1, Samples.picture(size, 1));
        jpeg = Samples.jpeg(size);
        encoder = Encoders.encoder(Rendition.DEFAULT);
        decoder = new PictureDecoder();
    }

    /** Frees the native memory. */
    @TearDown
    public void close() {
        frame.close();
        encoder.close();
        decoder.close();
    }

    /** The stream's thread lends the picture, the encoder's compresses it. */
    @Benchmark
    public EncodedFrame encode() {
        encoder.take(frame);
        return encoder.encode().orElseThrow();
    }

    /** To colour. */
    @Benchmark
    public int decodeBgr() {
        return decode(PixelFormat.BGR);
    }

    /** Straight to gray. */
    @Benchmark
    public int decodeGray() {
        return decode(PixelFormat.GRAY);
    }

    private int decode(PixelFormat format) {
        try (Frame decoded = decoder.decode(jpeg, format)) {
            return decoded.width();
        }
    }
}
