package dev.sightline.bench.rates;

import dev.sightline.bench.BenchCommand;
import dev.sightline.bench.Machine;
import dev.sightline.bench.Table;
import dev.sightline.codec.Rendition;
import dev.sightline.codec.VideoLadder;
import dev.sightline.frame.Codec;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bytedeco.opencv.global.opencv_core;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The program behind {@code ./bench/rates}: has every rung of the ladder encode what is easy and what is hard, in video
 * time, and prints whether the rate was held, how, and at what quality.
 */
@Command(name = "bench/rates", description = "Measures whether the video encoders hold their rates, and what it costs.")
public final class RatesBench implements Callable<Integer> {
    @Option(
            names = "--codec",
            split = ",",
            paramLabel = "NAME",
            description = "Which codecs (${DEFAULT-VALUE}).",
            defaultValue = "vp8,h264")
    private List<Codec> codecs = List.of();

    @Option(
            names = "--clip",
            split = ",",
            paramLabel = "NAME",
            description = "Which clips: ${COMPLETION-CANDIDATES}; all unless given.")
    private List<Clip> clips = List.of(Clip.values());

    @Option(
            names = "--rung",
            split = ",",
            paramLabel = "N",
            description = "Which rungs of the ladder, 1 for the largest (${DEFAULT-VALUE}).",
            defaultValue = "1,2,3")
    private List<Integer> rungs = List.of();

    @Option(names = "--seconds", paramLabel = "N", description = "Length of each clip (${DEFAULT-VALUE}).")
    private int seconds = 10;

    @Option(names = "--width", paramLabel = "PIXELS", description = "Of the source's pictures (${DEFAULT-VALUE}).")
    private int width = 1280;

    @Option(names = "--height", paramLabel = "PIXELS", description = "Of the source's pictures (${DEFAULT-VALUE}).")
    private int height = 720;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    /** Takes the arguments of {@code ./bench/rates}. */
    public static void main(String... arguments) {
        BenchCommand.run(new RatesBench(), arguments);
    }

    @Override
    public Integer call() {
        opencv_core.setNumThreads(1);
        System.out.println("Machine: " + Machine.describe() + "\n");
        Path images = Path.of(System.getProperty("sightline.home", ".")).resolve("docs/images");
        try (Scene scene = new Scene(images, width, height)) {
            for (Codec codec : codecs) {
                for (int rung : rungs) {
                    measure(
                            scene,
                            VideoLadder.rungs(codec, width, height, Scene.FPS).get(rung - 1));
                }
            }
        }
        return 0;
    }

    private void measure(Scene scene, Rendition.Video rendition) {
        System.out.println(rendition.describe() + ":\n");
        Table table = new Table(
                "clip",
                "mean, %",
                "worst 2 s, %",
                "worst second, %",
                "first, %",
                "encoded, %",
                "in a row",
                "keyframes",
                "largest, s",
                "widths",
                "PSNR, dB",
                "SSIM",
                "clean",
                "ms",
                "p95",
                "what is seen");
        for (Clip clip : clips) {
            Outcome outcome = Trial.of(rendition, scene, clip, seconds);
            table.row(
                    clip.name().toLowerCase(Locale.ROOT),
                    Table.number(outcome.meanPercent(), 0),
                    Table.number(outcome.worstPercent(2), 0),
                    Table.number(outcome.worstPercent(1), 0),
                    Table.number(outcome.firstSecondPercent(), 0),
                    Table.number(outcome.encodedPercent(), 0),
                    Integer.toString(outcome.longestGap()),
                    Integer.toString(outcome.keyframes()),
                    Table.number(outcome.largestKeyframeSeconds(), 2),
                    outcome.widths(),
                    Table.number(outcome.meanDecibels(), 1),
                    Table.number(outcome.meanSsim(), 3),
                    Table.number(outcome.meanCleanSsim(), 3),
                    Table.number(outcome.medianMilliseconds(), 1),
                    Table.number(outcome.slowMilliseconds(), 1),
                    clip.description());
        }
        table.print(System.out);
    }
}
