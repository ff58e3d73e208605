package dev.sightline.bench.micro;

import dev.sightline.config.Node;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.frame.Frame;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.ProcessorCatalog;
import java.util.concurrent.TimeUnit;
import org.bytedeco.opencv.opencv_core.Mat;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One picture through a pipeline, copying the picture first as every fresh frame is (0.05 ms at 640x480). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class PipelineBenchmark {
    private static final int PICTURES = 8;

    /** The pipeline's steps in the command line's notation; {@code none} shows what the copy alone costs. */
    @Param({"none", "faces", "clock", "motion", "resize:width=320", "faces,clock"})
    public String process = "";

    /** The picture's size. */
    @Param("640x480")
    public String size = "";

    private final Mat[] pictures = new Mat[PICTURES];
    private Pipeline pipeline;
    private long seq;

    /** Makes some pictures with movement in them, and the pipeline. */
    @Setup
    public void open() {
        Samples.oneThread();
        for (int i = 0; i < PICTURES; i++) {
            pictures[i] = Samples.picture(size, i + 1L);
        }
        Place place = new Place("benchmark", 1, 1);
        Node steps = process.equals("none") ? new Node.Empty(place) : new Node.Scalar(process, place);
        Problems problems = new Problems();
        pipeline = Pipeline.of(ProcessorCatalog.builtIn().resolve(steps, problems));
        problems.throwIfAny();
    }

    /** Frees the native memory. */
    @TearDown
    public void close() {
        pipeline.close();
        for (Mat picture : pictures) {
            picture.close();
        }
    }

    /** All steps on one picture. */
    @Benchmark
    public int process() {
        seq++;
        try (Frame frame = new Frame(seq, seq * 33_000_000L, pictures[(int) (seq % PICTURES)].clone())) {
            pipeline.process(frame);
            return frame.width();
        }
    }
}
