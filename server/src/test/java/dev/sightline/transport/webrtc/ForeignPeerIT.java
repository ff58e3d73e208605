package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.testkit.AiortcClient;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** aiortc, which shares no code with any browser, watches by WHEP. */
class ForeignPeerIT {
    private static final Duration WATCHED = Duration.ofSeconds(6);
    private static final int LEAST_FPS = 10;

    private SightlineServer server;
    private Api api;

    @BeforeEach
    void start() {
        server = Sightline.server().port(0).stream("demo", stream -> stream.source("pattern:640x360@30"))
                .start();
        api = new Api(server.address());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"VP8", "H264"})
    void whep_everyPictureIsNewerThanTheOneBefore(String codec) {
        AiortcClient.Seen seen =
                AiortcClient.play(server.address().resolve("/live/demo/whep"), WATCHED, Optional.of(codec));

        assertThat(seen.states()).contains("connected");
        assertThat(seen.codecs()).contains(codec);
        assertThat(seen.width()).isEqualTo(640);
        assertThat(seen.height()).isEqualTo(360);
        assertThat(seen.frames()).isGreaterThan((int) WATCHED.toSeconds() * LEAST_FPS);
        assertThat(seen.numbers())
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(seen.frames() * 9 / 10)
                .allSatisfy(number -> assertThat(number)
                        .isBetween(1L, api.stream("demo").path("frames").asLong()));
        Await.until("the session is gone", () -> api.sessions().isEmpty());
    }
}
