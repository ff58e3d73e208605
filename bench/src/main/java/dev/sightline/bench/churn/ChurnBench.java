package dev.sightline.bench.churn;

import static dev.sightline.bench.Table.number;

import dev.sightline.bench.BenchCommand;
import dev.sightline.bench.Machine;
import dev.sightline.bench.Programs;
import dev.sightline.bench.Table;
import dev.sightline.bench.Target;
import dev.sightline.bench.load.Churn;
import dev.sightline.bench.roundtrip.Pictures;
import dev.sightline.testkit.HttpMjpegServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
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
    private static final Duration LONGEST_STAY = Duration.ofSeconds(10);

    @Option(names = "--minutes", paramLabel = "N", description = "How long; parts count (${DEFAULT-VALUE}).")
    private double minutes = 32;

    @Option(names = "--every", paramLabel = "N", description = "Seconds between samples (${DEFAULT-VALUE}).")
    private int every = 30;

    @Option(
            names = "--from",
            paramLabel = "N",
            split = ",",
            description = "The minutes from which on slopes are taken (${DEFAULT-VALUE}).")
    private double[] from = {5, 30};

    @Option(names = "--row", paramLabel = "N", description = "Minutes for each row of the table (${DEFAULT-VALUE}).")
    private double row = 10;

    @Option(names = "--fps", paramLabel = "N", description = "Pictures a second of the main stream (${DEFAULT-VALUE}).")
    private int fps = 30;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Measures nothing, but prints the tables of what such a run has printed so far.")
    private Optional<Path> log = Optional.empty();

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
        if (log.isPresent()) {
            report(Series.read(log.get()), out);
            return 0;
        }
        out.println("Machine: " + Machine.describe() + "\n");
        Programs programs = new Programs("churn");
        try (HttpMjpegServer camera = HttpMjpegServer.start(640, 480, 15);
                ChurnServer server = ChurnServer.start(programs, programs::sightline, camera, fps);
                Churn churn = server.churn(Pictures.pattern(), LONGEST_STAY);
                Sampler sampler = server.sampler()) {
            out.println("## " + number(minutes, 1) + " minutes of coming and going\n");
            Duration length = Duration.ofNanos((long) (minutes * TimeUnit.MINUTES.toNanos(1)));
            Series series = Series.of(sampler, length, Duration.ofSeconds(every), out);
            out.println();
            report(series, out);
            Table table = new Table("who came", "visits", "failed", "why, the last time");
            churn.visits()
                    .forEach(kind -> table.row(
                            kind.who(), number(kind.made(), 0), number(kind.failed(), 0), kind.lastFailure()));
            table.print(out);
        }
        return 0;
    }

    private void report(Series series, PrintStream out) {
        series.print(row, out);
        for (double minute : from) {
            series.printTrends(minute, out);
        }
        double most = series.mostResident(from[0]);
        out.println("Most resident memory from minute " + number(from[0], 0) + " on: " + number(most, 0) + " MB, "
                + Target.AT_MOST.judge(most, MOST_MEGABYTES, 0) + "\n");
    }
}
