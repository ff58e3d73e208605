package dev.sightline.bench.roundtrip;

import java.time.Duration;
import picocli.CommandLine.Option;

/** What the command line says. */
final class Options {
    @Option(names = "--clients", paramLabel = "N", description = "Senders at the same time (20).")
    private int clients = 20;

    @Option(names = "--fps", paramLabel = "N", description = "Pictures a second that each sends (30).")
    private int fps = 30;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of which the median is taken (5).")
    private int rounds = 5;

    @Option(names = "--seconds", paramLabel = "N", description = "Length of one measurement (8).")
    private int seconds = 8;

    @Option(names = "--warm-up", paramLabel = "N", description = "Seconds under load before anything is measured (20).")
    private int warmUp = 20;

    @Option(names = "--quick", description = "A few seconds only, to see that it works; the figures mean little.")
    private boolean quick;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    int clients() {
        return clients;
    }

    int fps() {
        return fps;
    }

    int rounds() {
        return quick ? 1 : rounds;
    }

    Duration length() {
        return Duration.ofSeconds(quick ? 2 : seconds);
    }

    Duration warmUp() {
        return Duration.ofSeconds(quick ? 1 : warmUp);
    }
}
