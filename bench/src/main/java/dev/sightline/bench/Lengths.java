package dev.sightline.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How often and how long is measured, as the command line says; the same options for every bench. */
public final class Lengths {
    private static final Duration QUICK = Duration.ofSeconds(2);

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Rounds of which the median is taken (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--seconds", paramLabel = "N", description = "Length of one measurement (${DEFAULT-VALUE}).")
    private int seconds = 8;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Seconds under load before anything is measured (${DEFAULT-VALUE}).")
    private int warmUp = 20;

    @Option(names = "--quick", description = "A few seconds only, to see that it works; the figures mean little.")
    private boolean quick;

    @Option(
            names = "--beside",
            paramLabel = "FOLDER",
            description = "Another checkout of Sightline, built: both take turns, and the floor stays out.")
    private Optional<Path> beside = Optional.empty();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    /** @param rounds unless the command line says otherwise */
    public Lengths(int rounds) {
        this.rounds = rounds;
    }

    /** Rounds of which the median is taken. */
    public int rounds() {
        return quick ? 1 : rounds;
    }

    /** Length of one measurement. */
    public Duration length() {
        return quick ? QUICK : Duration.ofSeconds(seconds);
    }

    /** Under load, before anything is measured. */
    public Duration warmUp() {
        return quick ? QUICK : Duration.ofSeconds(warmUp);
    }

    /** Another checkout of Sightline to compare this one with. */
    public Optional<Path> beside() {
        return beside;
    }

    /** Whether it is only to be seen that it works. */
    public boolean quick() {
        return quick;
    }
}
