package dev.sightline.bench.webrtc;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What the command line says. */
final class Options {
    @Option(names = "--viewers", paramLabel = "N", description = "Viewers at the same time (200).")
    private int viewers = 200;

    @Option(names = "--joins", paramLabel = "N", description = "Viewers who come within one second (100).")
    private int joins = 100;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of which the median is taken (3).")
    private int rounds = 3;

    @Option(names = "--seconds", paramLabel = "N", description = "Length of one measurement (8).")
    private int seconds = 8;

    @Option(names = "--warm-up", paramLabel = "N", description = "Seconds under load before anything is measured (20).")
    private int warmUp = 20;

    @Option(names = "--source", paramLabel = "SOURCE", description = "What Sightline shows (pattern:1280x720@30).")
    private String source = "pattern:1280x720@30";

    @Option(
            names = "--server-arguments",
            split = " ",
            paramLabel = "WORDS",
            description = "More arguments for Sightline.")
    private List<String> serverArguments = List.of();

    @Option(names = "--quick", description = "A few seconds only, to see that it works; the figures mean little.")
    private boolean quick;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    int viewers() {
        return viewers;
    }

    int joins() {
        return joins;
    }

    int rounds() {
        return quick ? 1 : rounds;
    }

    Duration length() {
        return Duration.ofSeconds(quick ? 2 : seconds);
    }

    Duration warmUp() {
        return Duration.ofSeconds(quick ? 2 : warmUp);
    }

    String source() {
        return source;
    }

    /** Sightline's. */
    List<String> arguments() {
        return Stream.concat(Stream.of("bench=" + source), serverArguments.stream())
                .toList();
    }

    /** The crowds that are compared: a quarter, a half and all. */
    List<Integer> crowds() {
        return IntStream.of(4, 2, 1)
                .mapToObj(part -> Math.max(2, viewers / part))
                .toList();
    }
}
