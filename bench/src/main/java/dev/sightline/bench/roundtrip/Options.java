package dev.sightline.bench.roundtrip;

import dev.sightline.bench.Lengths;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the command line says. */
final class Options {
    @Option(names = "--clients", paramLabel = "N", description = "Senders at the same time (20).")
    private int clients = 20;

    @Option(names = "--fps", paramLabel = "N", description = "Pictures a second that each sends (30).")
    private int fps = 30;

    @Mixin
    private Lengths lengths = new Lengths(5);

    int clients() {
        return clients;
    }

    int fps() {
        return fps;
    }

    int rounds() {
        return lengths.rounds();
    }

    Duration length() {
        return lengths.length();
    }

    Optional<Path> beside() {
        return lengths.beside();
    }

    /** Length of a measurement in short turns. */
    Duration slice() {
        return length().dividedBy(4);
    }

    Duration warmUp() {
        return lengths.warmUp();
    }
}
