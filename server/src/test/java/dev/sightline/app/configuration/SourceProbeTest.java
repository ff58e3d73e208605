package dev.sightline.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.admin.Configuration.Probe;
import dev.sightline.frame.JpegHeader;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.source.EgressSettings;
import dev.sightline.source.SourceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceProbeTest {
    private static final EgressSettings HERE = new EgressSettings(List.of("127.0.0.0/8"), ".");

    @TempDir
    private Path folder;

    @Test
    void of_pattern_tellsSizeRateAndAPicture() {
        Probe found = probe(Duration.ofSeconds(20), "pattern:800x600@20").join();

        assertThat(found.width()).isEqualTo(800);
        assertThat(found.height()).isEqualTo(600);
        assertThat(found.fps()).hasValueSatisfying(fps -> assertThat(fps).isPositive());
        assertThat(JpegHeader.of(Base64.getDecoder().decode(found.picture())))
                .hasValueSatisfying(header -> assertThat(header.width()).isEqualTo(640));
    }

    @Test
    void of_absentFile_saysSoInWords() {
        assertThatThrownBy(() -> probe(Duration.ofSeconds(20), "gone.mp4").join())
                .hasMessageContaining("gone.mp4");
        assertThatThrownBy(() -> probe(Duration.ofSeconds(20), "patern:").join())
                .hasMessageContaining("did you mean");
    }

    @Test
    void of_silentCamera_isGivenUpInTime_andOnlyTwoAreTriedAtOnce() throws IOException {
        SourceProbe probe = new SourceProbe(folder, Duration.ofSeconds(1));
        try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            String address = "http://me:s3cret@127.0.0.1:" + silent.getLocalPort() + "/video";
            CompletableFuture<Probe> first = probe.of(address, HERE).toCompletableFuture();
            CompletableFuture<Probe> second = probe.of(address, HERE).toCompletableFuture();

            assertThatThrownBy(
                            () -> probe.of(address, HERE).toCompletableFuture().join())
                    .hasMessageContaining("2 sources are being tried already");
            assertThatThrownBy(first::join).hasMessageContaining("within 1 s").hasMessageNotContaining("s3cret");
            assertThatThrownBy(second::join).hasMessageContaining("within 1 s");
        }
    }

    @Test
    void of_addressNearThisComputer_isRefusedAtOnce() {
        SourceProbe probe = new SourceProbe(folder, Duration.ofSeconds(20));

        assertThatThrownBy(() -> probe.of("http://127.0.0.1:1/x", EgressSettings.DEFAULTS)
                        .toCompletableFuture()
                        .join())
                .hasMessageContaining("loopback")
                .hasMessageContaining("egress: allowed");
        assertThatThrownBy(() -> probe.of("../secret.mp4", EgressSettings.DEFAULTS)
                        .toCompletableFuture()
                        .join())
                .hasMessageContaining("egress: files");
    }

    @Test
    void of_elsewhere_isOpenedThere_twoAtATime_andItsReasonShowsNoSecret() {
        List<CompletableFuture<Probe>> opened = new ArrayList<>();
        SourceProbe probe = new SourceProbe(
                folder,
                Duration.ofSeconds(20),
                () -> Optional.of(trial -> {
                    assertThat(trial.source()).contains("s3cret");
                    assertThat(trial.toString()).doesNotContain("s3cret");
                    CompletableFuture<Probe> found = new CompletableFuture<>();
                    opened.add(found);
                    return found;
                }));
        String address = "http://me:s3cret@127.0.0.1:1/video";
        CompletableFuture<Probe> first = probe.of(address, HERE).toCompletableFuture();
        CompletableFuture<Probe> second = probe.of(address, HERE).toCompletableFuture();

        assertThatThrownBy(() -> probe.of(address, HERE).toCompletableFuture().join())
                .hasMessageContaining("2 sources are being tried already");
        opened.get(0).completeExceptionally(new SourceException("http://me:s3cret@127.0.0.1:1/video is gone"));
        assertThatThrownBy(first::join).hasMessageContaining("is gone").hasMessageNotContaining("s3cret");
        opened.get(1)
                .completeExceptionally(new ProblemException(Problem.of(503, "the process did not start; try again")));
        assertThatThrownBy(second::join).hasMessageContaining("did not start");
        Probe seen = new Probe("http://127.0.0.1:1/video", 2, 1, Optional.empty(), Optional.empty(), "");
        CompletableFuture<Probe> third = probe.of(address, HERE).toCompletableFuture();
        opened.get(2).complete(seen);
        assertThat(third.join()).isEqualTo(seen);
    }

    private CompletableFuture<Probe> probe(Duration longest, String address) {
        return new SourceProbe(folder, longest).of(address, HERE).toCompletableFuture();
    }
}
