package dev.sightline.bench.churn;

import static dev.sightline.bench.Table.number;

import dev.sightline.bench.BenchCommand;
import dev.sightline.bench.Machine;
import dev.sightline.bench.Programs;
import dev.sightline.bench.Server;
import dev.sightline.bench.Table;
import dev.sightline.bench.Target;
import dev.sightline.bench.load.Churn;
import dev.sightline.bench.roundtrip.Pictures;
import dev.sightline.testkit.HttpMjpegServer;
import dev.sightline.testkit.VideoFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The program behind {@code ./bench/churn}: Sightline in a process of its own; all its users, and a camera it opens and
 * closes, in this one.
 */
@Command(
        name = "bench/churn",
        description = "Measures memory, threads and files of Sightline while viewers, senders and sources come and go.")
public final class ChurnBench implements Callable<Integer> {
    private static final double MOST_MEGABYTES = 350;
    private static final int CLIP_PICTURES = 300;
    private static final Duration LONGEST_STAY = Duration.ofSeconds(10);

    @Option(names = "--minutes", paramLabel = "N", description = "How long; parts count (${DEFAULT-VALUE}).")
    private double minutes = 32;

    @Option(names = "--every", paramLabel = "N", description = "Seconds between samples (${DEFAULT-VALUE}).")
    private int every = 30;

    @Option(
            names = "--from",
            paramLabel = "N",
            description = "The minute from which on slopes are taken (${DEFAULT-VALUE}).")
    private double from = 5;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    private ChurnBench() {}

    /** Exits with 0 whatever was found, and with 2 if it could not be measured. */
    public static void main(String[] arguments) {
        BenchCommand.run(new ChurnBench(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println("Machine: " + Machine.describe() + "\n");
        Programs programs = new Programs("churn");
        List<byte[]> pictures = Pictures.pattern();
        try (HttpMjpegServer camera = HttpMjpegServer.start(640, 480, 15);
                Server sightline = programs.sightline(List.of(
                        "--config", configuration(programs.folder(), camera).toString()));
                Churn churn = new Churn(sightline.stream(), pictures, LONGEST_STAY)) {
            Duration length = Duration.ofNanos((long) (minutes * TimeUnit.MINUTES.toNanos(1)));
            Series series = Series.of(sightline, length, Duration.ofSeconds(every));
            out.println("## " + number(minutes, 1) + " minutes of coming and going\n");
            series.print(out);
            series.printTrends(from, out);
            double most = series.mostResident(from);
            out.println("Most resident memory from then on: " + number(most, 0) + " MB, "
                    + Target.AT_MOST.judge(most, MOST_MEGABYTES, 0) + "\n");
            Table table = new Table("who came", "visits", "failed", "why, the last time");
            churn.visits()
                    .forEach(kind -> table.row(
                            kind.who(), number(kind.made(), 0), number(kind.failed(), 0), kind.lastFailure()));
            table.print(out);
        }
        return 0;
    }

    /** A file with the streams of {@link Churn}. */
    static Path configuration(Path folder, HttpMjpegServer camera) throws IOException {
        Path clip = VideoFiles.pattern(folder.resolve("clip.mp4"), "libopenh264", 640, 480, 30, CLIP_PICTURES);
        return Files.writeString(folder.resolve("churn.yml"), """
                webrtc: {port: 0}
                workers: none
                streams:
                  bench: {source: "pattern:640x480@30"}
                  clip: {source: "%s", on-demand: true}
                  camera: {source: "%s", on-demand: true}
                  phone: {source: "publish:"}
                  mirror: {source: "mirror:", process: [grayscale]}
                """.formatted(clip.getFileName(), camera.url()));
    }
}
