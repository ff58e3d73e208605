package dev.sightline.bench.flood;

import dev.sightline.bench.load.Flood;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** What the command line says. */
final class Options {
    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Length of each flood, and of the quiet before it (${DEFAULT-VALUE}).")
    private int seconds = 30;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Seconds with the good viewers before anything is measured (${DEFAULT-VALUE}).")
    private int warmUp = 8;

    @Option(
            names = "--viewers",
            paramLabel = "N",
            description = "Good viewers, half by WebSocket, half by MJPEG (${DEFAULT-VALUE}).")
    private int viewers = 50;

    @Option(
            names = "--flood",
            split = ",",
            paramLabel = "frame|fragments|health|packets|texts|offers|idle|names",
            description = "Which, one or several, one after the other (all).")
    private List<Flood> floods = List.of(Flood.values());

    @Option(names = "--all", description = "Those floods at once, and not one after the other.")
    private boolean together;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    Duration length() {
        return Duration.ofSeconds(seconds);
    }

    Duration warmUp() {
        return Duration.ofSeconds(warmUp);
    }

    int viewers() {
        return viewers;
    }

    /** What is measured one after the other: each flood, or all together. */
    List<List<Flood>> floods() {
        return together ? List.of(floods) : floods.stream().map(List::of).toList();
    }
}
