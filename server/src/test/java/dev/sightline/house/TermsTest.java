package dev.sightline.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who knows the field finds by its terms the code that does it. */
class TermsTest {
    private static final Path SOURCES = Path.of("src/main");

    @ParameterizedTest
    @CsvSource({
        "backpressure, PictureSlot.java",
        "latest frame wins, PictureSlot.java",
        "GOP cache, GopCache.java",
        "passthrough, Passthrough.java",
        "transcod, codec/package-info.java",
        "remux, H264Packetiser.java",
        "demuxer, Demuxer.java",
        "timebase, Demuxer.java",
        "presentation timestamp, DecodedPictures.java",
        "jitter, ReorderBuffer.java",
        "congestion control, RateControl.java",
        "bandwidth estimation, BandwidthEstimator.java",
        "REMB, RateControl.java",
        "transport-cc, TransportFeedback.java",
        "NACK, NackGenerator.java",
        "RTX, RetransmissionHistory.java",
        "keyframe request, KeyframeRequests.java",
        "PLI, RtcpReader.java",
        "FIR, RtcpReader.java",
        "FEC, CodecChoice.java",
        "consent freshness, webrtc/transport/Timeouts.java",
        "trickle ICE, Fragment.java",
        "ICE restart, IceSecrets.java",
        "path validation, PathValidation.java",
        "glass-to-glass latency, statistics.js"
    })
    void term_isFoundWhereItIsDone(String term, String file) throws IOException {
        assertThat(find(file))
                .as(file)
                .isNotEmpty()
                .allSatisfy(path ->
                        assertThat(text(path)).as("%s in %s", term, path).contains(term.toLowerCase(Locale.ROOT)));
    }

    private static Path[] find(String file) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(path -> path.endsWith(file)).toArray(Path[]::new);
        }
    }

    /** In small letters, each space one, whatever line the words stand on. */
    private static String text(Path path) {
        try {
            return Files.readString(path).toLowerCase(Locale.ROOT).replaceAll("[\\s*]+", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
