package dev.sightline.bench.webrtc;

import dev.sightline.bench.Lengths;
import dev.sightline.testkit.webrtc.VideoCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the command line says. */
final class Options {
    @Option(names = "--viewers", paramLabel = "N", description = "Viewers at the same time (200).")
    private int viewers = 200;

    @Option(names = "--joins", paramLabel = "N", description = "Viewers who come within one second (100).")
    private int joins = 100;

    @Option(names = "--thin", paramLabel = "N", description = "Of them so many each behind a line of 700 kbit/s (0).")
    private int thin;

    @Option(names = "--codec", paramLabel = "CODEC", description = "What the viewers take: vp8 or h264 (vp8).")
    private VideoCodec codec = VideoCodec.VP8;

    @Option(names = "--source", paramLabel = "SOURCE", description = "What Sightline shows (pattern:1280x720@30).")
    private String source = "pattern:1280x720@30";

    @Option(
            names = "--server-arguments",
            split = " ",
            paramLabel = "WORDS",
            description = "More arguments for Sightline.")
    private List<String> serverArguments = List.of();

    @Mixin
    private Lengths lengths = new Lengths(3);

    int viewers() {
        return viewers;
    }

    int thin() {
        return thin;
    }

    int joins() {
        return joins;
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

    Duration warmUp() {
        return lengths.warmUp();
    }

    VideoCodec codec() {
        return codec;
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
