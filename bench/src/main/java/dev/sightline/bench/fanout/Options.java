package dev.sightline.bench.fanout;

import dev.sightline.bench.Lengths;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private Lengths lengths = new Lengths(5);

    Transport transport() {
        return transport;
    }

    int viewers() {
        return viewers;
    }

    int rounds() {
        return lengths.rounds();
    }

    Duration length() {
        return lengths.length();
    }

    /** Length of one of the short measurements that follow each other at once. */
    Duration slice() {
        return length().dividedBy(4);
    }

    Optional<Path> beside() {
        return lengths.beside();
    }

    Duration warmUp() {
        return lengths.warmUp();
    }

    Duration stopped() {
        return lengths.quick() ? Duration.ofSeconds(20) : Duration.ofMinutes(5);
    }

    Duration soak() {
        return lengths.quick() ? Duration.ofSeconds(20) : Duration.ofMinutes(soakMinutes);
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
