package dev.sightline.bench.fanout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What the command line says. */
final class Options {
    private static final Pattern RATE = Pattern.compile("pattern:.*@(\\d+)");

    @Option(
            names = "--transport",
            paramLabel = "ws|mjpeg|socketio",
            description = "How viewers are sent their pictures (ws).")
    private Transport transport = Transport.WS;

    @Option(names = "--viewers", paramLabel = "N", description = "Good viewers at the same time (100).")
    private int viewers = 100;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of which the median is taken (5).")
    private int rounds = 5;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Length of one measurement (8); that of a slice is a quarter of it.")
    private int seconds = 8;

    @Option(names = "--warm-up", paramLabel = "N", description = "Seconds under load before anything is measured (20).")
    private int warmUp = 20;

    @Option(names = "--soak-minutes", paramLabel = "N", description = "Length of the scenario soak (10).")
    private int soakMinutes = 10;

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            description = "What Sightline shows (pattern:640x480@30; over socketio one with pictures of some 60 KB).")
    private Optional<String> source = Optional.empty();

    @Option(names = "--process", paramLabel = "STEPS", description = "Its processors (faces,clock).")
    private String process = "faces,clock";

    @Option(
            names = "--scenario",
            split = ",",
            paramLabel = "default|thousand|mixed|soak|stopped",
            description = "What to measure, one or several (default).")
    private List<Scenario> scenarios = List.of(Scenario.DEFAULT);

    @Option(names = "--quick", description = "A few seconds only, to see that it works; the figures mean little.")
    private boolean quick;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    Transport transport() {
        return transport;
    }

    int viewers() {
        return viewers;
    }

    int rounds() {
        return quick ? 1 : rounds;
    }

    Duration length() {
        return Duration.ofSeconds(quick ? 2 : seconds);
    }

    /** Length of one of the short measurements that follow each other at once. */
    Duration slice() {
        return length().dividedBy(4);
    }

    Duration warmUp() {
        return Duration.ofSeconds(quick ? 1 : warmUp);
    }

    Duration stopped() {
        return quick ? Duration.ofSeconds(20) : Duration.ofMinutes(5);
    }

    Duration soak() {
        return quick ? Duration.ofSeconds(20) : Duration.ofMinutes(soakMinutes);
    }

    String source() {
        return source.orElseGet(transport::source);
    }

    List<Scenario> scenarios() {
        return scenarios;
    }

    /** The pictures a second that a source's address names, if it does: {@code pattern:640x480@30}. */
    static OptionalInt fps(String shown) {
        Matcher rate = RATE.matcher(shown);
        return rate.matches() ? OptionalInt.of(Integer.parseInt(rate.group(1))) : OptionalInt.empty();
    }

    /** Sightline's arguments for a source. */
    List<String> arguments(String shown) {
        List<String> arguments = new ArrayList<>(List.of("bench=" + shown));
        if (!process.isEmpty()) {
            arguments.addAll(List.of("--process", process));
        }
        return arguments;
    }

    /** For people. */
    String describe(String shown) {
        return shown + (process.isEmpty() ? "" : " through " + process) + " over "
                + transport.name().toLowerCase(Locale.ROOT);
    }
}
