package dev.sightline.source.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.frame.CaptureClock;
import dev.sightline.source.LiveSourceChecks;
import dev.sightline.source.NetworkAddress;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceOptions.Deinterlace;
import dev.sightline.source.SourceOptions.RtspTransport;
import dev.sightline.source.SourceReader;
import dev.sightline.source.ffmpeg.Limits;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.RtspServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtspSourceIT extends LiveSourceChecks<RtspServer> {

    @Override
    protected RtspServer startServer() {
        return RtspServer.start(320, 240, 30);
    }

    @Override
    protected Source source(String address) {
        return new RtspScheme().source(address, SourceOptions.DEFAULTS);
    }

    @Override
    protected Source source(String address, Limits limits) {
        return new RtspSource(NetworkAddress.of(address, ""), SourceOptions.DEFAULTS, limits);
    }

    @Test
    void read_overUdp_givesPicturesInOrder() throws Exception {
        Source source =
                new RtspScheme().source(server().url(), new SourceOptions(true, RtspTransport.UDP, Deinterlace.AUTO));
        try (SourceReader reader = source.open(new Numbering(CaptureClock.system()))) {
            long last = 0;
            for (int i = 0; i < 40; i++) {
                long number = number(reader.read().orElseThrow());
                assertThat(number).isGreaterThan(last);
                last = number;
            }
        }
    }

    @Test
    void read_frozenServer_isNotKeptAliveByThePictureThatWasKeptBack() throws Exception {
        Duration second = Duration.ofSeconds(1);
        Source source = source(server().url(), new Limits(second, second, second));
        try (SourceReader reader = source.open(new Numbering(CaptureClock.system()))) {
            assertThat(reader.read()).isPresent();
            assertThat(reader.read()).isPresent();
            server().freeze();
            assertThatThrownBy(() -> readOn(reader)).hasMessageContaining("no picture within 1 s");
        }
    }

    @Test
    void read_serverSlowerThanTheLimits_isWaitedForOnceItsPaceIsKnown() throws Exception {
        Duration limit = Duration.ofMillis(600);
        try (RtspServer slow = RtspServer.start(320, 240, 1);
                SourceReader reader = source(slow.url(), new Limits(limit, Duration.ofSeconds(10), limit))
                        .open(new Numbering(CaptureClock.system()))) {
            for (int i = 0; i < 4; i++) {
                assertThat(reader.read()).isPresent();
            }
        }
    }

    @Test
    void open_digestBySha256_isAnswered() throws Exception {
        Source source = source(address("eve:pa#ss@", "/sha256"));
        try (SourceReader reader = source.open(new Numbering(CaptureClock.system()))) {
            for (int i = 0; i < 5; i++) {
                assertThat(reader.read()).isPresent();
            }
        }
        assertThat(source.address()).contains("://***@").doesNotContain("pa#ss");
    }

    @Test
    void read_overUdpThroughTheRelay_givesPictures() throws Exception {
        Source source = new RtspScheme()
                .source(address("eve:pa#ss@", "/sha256"), new SourceOptions(true, RtspTransport.UDP, Deinterlace.AUTO));
        try (SourceReader reader = source.open(new Numbering(CaptureClock.system()))) {
            for (int i = 0; i < 20; i++) {
                assertThat(number(reader.read().orElseThrow())).isPositive();
            }
        }
    }

    @Test
    void open_loginTaken_tellsWhatFailedBehindIt() {
        Source source = source(address("eve:pa#ss@", "/sha256-sound"), Limits.LIVE);
        assertThatThrownBy(() -> source.open(new Numbering(CaptureClock.system())))
                .isInstanceOf(SourceException.class)
                .hasMessageNotContaining("(401)"); // a port may contain the number
        assertThat(server().refusedLogins()).isZero();
    }

    @Test
    void open_wrongPassword_isOneLoginAnAttempt() throws Exception {
        Source source = source(address("eve:new@", "/secret"));
        int attempts = 4;
        for (int i = 0; i < attempts; i++) {
            assertThatThrownBy(() -> source.open(new Numbering(CaptureClock.system())))
                    .hasMessageContaining("(401)");
        }
        assertThat(server().refusedLogins()).isEqualTo(attempts);

        server().takes("new");
        try (SourceReader reader = source.open(new Numbering(CaptureClock.system()))) {
            assertThat(reader.read()).isPresent();
        }
    }

    @Test
    void open_withoutALoginWhereOneIsWanted_asksOnce() {
        assertThatThrownBy(() -> source(address("", "/sha256")).open(new Numbering(CaptureClock.system())))
                .hasMessageContaining("wants a user name and password (401)");
        assertThat(server().accepted()).isEqualTo(1);
    }

    @Test
    void close_throughTheRelay_tellsTheServer() throws Exception {
        Source source = source(address("eve:pa#ss@", "/sha256"));
        for (int i = 1; i <= 5; i++) {
            try (SourceReader reader = source.open(new Numbering(CaptureClock.system()))) {
                assertThat(reader.read()).isPresent();
            }
            int closed = i;
            Await.until("it is told", () -> server().farewells() == closed);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            eve:wrong@ | /sha256    | does not accept this user name and password (401)
                       | /sha256    | wants a user name and password (401)
            eve:wrong@ | /secret    | does not accept this user name and password (401)
                       | /full      | no bandwidth for another viewer (453)
                       | /datagrams | does not send that way (461): write rtsp-transport: udp
                       | /nowhere   | has no such stream (404)
            """)
    void open_refusedWithAStatus_saysWhatToDo(String login, String path, String words) {
        assertThatThrownBy(() ->
                        source(address(login == null ? "" : login, path)).open(new Numbering(CaptureClock.system())))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("wrong@");
    }

    private String address(String login, String path) {
        return server().url().replace("rtsp://", "rtsp://" + login).replace("/stream", path);
    }
}
