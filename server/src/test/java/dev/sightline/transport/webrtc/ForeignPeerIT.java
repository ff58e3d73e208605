package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.AiortcClient;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.Await;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** aiortc, which shares no code with any browser, watches by WHEP. */
class ForeignPeerIT {
    private static final Duration WATCHED = Duration.ofSeconds(6);
    private static final int LEAST_FPS = 10;

    @AutoClose
    private final DemoServer server = new DemoServer();

    private final Api api = server.api();

    @ParameterizedTest
    @ValueSource(strings = {"VP8", "H264"})
    void whep_everyPictureIsNewerThanTheOneBefore(String codec) {
        AiortcClient.Seen seen = AiortcClient.play(server.whep(), WATCHED, Optional.of(codec));

        assertThat(seen.states()).contains("connected");
        assertThat(seen.codecs()).contains(codec);
        assertThat(seen.width()).isEqualTo(640);
        assertThat(seen.height()).isEqualTo(360);
        assertThat(seen.frames()).isGreaterThan((int) WATCHED.toSeconds() * LEAST_FPS);
        assertThat(seen.numbers())
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(seen.frames() * 9 / 10)
                .allSatisfy(number -> assertThat(number).isBetween(1L, newest()));
        Await.until("the session is gone", () -> api.sessions().isEmpty());
    }

    /** The number of the newest picture: those that were dropped before the pipeline have one too. */
    private long newest() {
        JsonNode stream = api.stream("demo");
        return stream.path("frames").asLong()
                + stream.path("dropped").path("pipeline").asLong();
    }
}
