package dev.sightline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.app.configuration.SightlineConfig;
import dev.sightline.app.configuration.StreamConfig;
import dev.sightline.auth.AuthSettings;
import dev.sightline.config.ConfigException;
import dev.sightline.config.Node;
import dev.sightline.config.Place;
import dev.sightline.http.HttpSettings;
import dev.sightline.source.SourceOptions;
import dev.sightline.transport.webrtc.WebRtcSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The builder can say what a configuration can; what it is told wrong it says in one line. */
class SightlineTest {
    private static final Node NOTHING = new Node.Sequence(List.of(), new Place("test", 1, 1));

    /** Everything that can be described, none of it as it is by default: a new key is to be added here. */
    private static SightlineConfig everything() {
        return Sightline.server()
                .host("0.0.0.0")
                .port(5000)
                .maxConnections(7)
                .maxConnectionsPerAddress(3)
                .maxInputRatePerAddress(5)
                .trustedProxies("10.0.0.5")
                .basePath("/cams/")
                .proxyProtocol(true)
                .requestTimeout(Duration.ofSeconds(7))
                .allowedOrigins("https://example.org")
                .frameAncestors("https://*.example.org")
                .allowedHosts("cam.example.org")
                .embedding(Embedding.NONE)
                .tls("auto", "camera.example.org")
                .auth("login")
                .user(
                        "eve",
                        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                        "watch cam")
                .token("metrics", "a-token-of-many-characters", "watch")
                .jwt("https://issuer.example", "cameras", "https://issuer.example/jwks.json")
                .loginTimes(Duration.ofHours(1), Duration.ofHours(2))
                .webRtcPort(5001)
                .webRtcAddresses("203.0.113.7")
                .maxWebRtcSessions(7)
                .maxWebRtcSessionsPerAddress(5)
                .maxWebRtcBitrate(3_000)
                .egress("127.0.0.1")
                .egressFiles("clips")
                .processors("Blink.java")
                .stream(
                        "cam",
                        stream -> stream.source("mirror:")
                                .process("clock")
                                .clientProcessors("edges")
                                .maxSenders(7)
                                .maxViewers(9)
                                .onDemand()
                                .loop(false)
                                .rtspTransport(RtspTransport.UDP)
                                .deinterlace(Deinterlace.OFF)
                                .checkedEgress()
                                .socketIo(events -> events.withOut(events.out()
                                                .withEvent("out")
                                                .withDataUrl("image/jpg")
                                                .withQuality(7))
                                        .withIn("in")
                                        .withReply(events.reply()
                                                .withEvent("reply")
                                                .withDataUrl("image/jpg")
                                                .withQuality(7))))
                .config();
    }

    @Test
    void enums_ofTheBuilder_areThoseOfTheConfiguration() {
        assertSame(Embedding.values(), dev.sightline.http.Embedding.values());
        assertSame(RtspTransport.values(), SourceOptions.RtspTransport.values());
        assertSame(Deinterlace.values(), SourceOptions.Deinterlace.values());
        assertSame(StreamState.values(), dev.sightline.stream.status.StreamState.values());
    }

    private static void assertSame(Enum<?>[] ours, Enum<?>[] inside) {
        assertThat(ours)
                .extracting(Enum::name)
                .isEqualTo(Stream.of(inside).map(Enum::name).toList());
    }

    @Test
    void builder_everyKeyOfTheConfiguration_canBeDescribed() {
        SightlineConfig byDefault = new SightlineConfig(
                HttpSettings.DEFAULTS,
                WebRtcSettings.DEFAULTS,
                List.of(),
                Map.of("cam", StreamConfig.of("", NOTHING, NOTHING)));

        assertThat(asByDefault("", everything(), byDefault))
                .as(
                        "keys that the builder cannot say: a program switches its streams, runs them and writes its log itself")
                .containsExactly(
                        "server.log",
                        "server.workers.shared",
                        "server.workers.memory",
                        "streams.reading.worker",
                        "profiles",
                        "profile");
    }

    /** The keys, also of records and maps within, of which the values are the same. */
    private static List<String> asByDefault(String prefix, Record described, Record byDefault) {
        List<String> same = new ArrayList<>();
        for (RecordComponent component : described.getClass().getRecordComponents()) {
            String key = prefix + component.getName();
            Object value = value(component, described);
            Object other = value(component, byDefault);
            if (value instanceof Record inner && !(value instanceof Node) && other instanceof Record inDefault) {
                same.addAll(asByDefault(key + ".", inner, inDefault));
            } else if (value instanceof Map<?, ?> map
                    && map.get("cam") != null
                    && other instanceof Map<?, ?> defaults) {
                same.addAll(asByDefault(key + ".", (Record) map.get("cam"), (Record) defaults.get("cam")));
            } else if (said(value).equals(said(other))) {
                same.add(key);
            }
        }
        return same;
    }

    /** A node without its place. */
    private static Object said(Object value) {
        return value instanceof Node.Sequence sequence ? sequence.items() : value;
    }

    private static Object value(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void start_whatCannotBe_isToldAtOnce() {
        Sightline wrong = Sightline.server()
                .port(70_000)
                .webRtcPort(5001)
                .maxConnections(0)
                .maxWebRtcSessions(-1)
                .allowedOrigins("example.org")
                .stream(
                        "cam",
                        stream ->
                                stream.source("pattern:").webSocketAt(5001, "/").webSocketAt(-5, "/"));

        assertThatThrownBy(wrong::start)
                .isInstanceOf(ConfigException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "http: 'port' is 0 to 65535, not 70000",
                        "http: 'max-connections' is 1 to 1000000, not 0",
                        "webrtc: 'max-sessions' is 1 to 100000, not -1",
                        "port 5001 is for both WebRTC and a WebSocket: choose another for one of them",
                        "a WebSocket's port is 0 to 65535, not -5",
                        "allowed-origins: 'example.org' is not an origin: write scheme, host and, where it is not the usual"
                                + " one, port, without a path, as in https://example.org:8443"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --port 70000                   | http: 'port' is 0 to 65535, not 70000
            --port -1                      | http: 'port' is 0 to 65535, not -1
            --port x                       | Invalid value for option '--port'
            --port 8190                    | port 8190 is for both HTTP and WebRTC
            --media-port 5000             | port 5000 is for both HTTP and WebRTC
            --media-port 99999            | webrtc: 'port' is 0 to 65535, not 99999
            --host nowhere.invalid         | the host 'nowhere.invalid' is unknown
            --tls maybe                    | --tls is off, auto, or the files
            --tls no.pem,no.key            | there is no file no.key
            --allow-origin example.org     | 'example.org' is not an origin
            --alow-origin https://a.org    | unknown flag '--alow-origin', did you mean '--allow-origin'?
            """)
    void options_whatTheUserGotWrong_isOneLine(String arguments, String message) {
        Program program = new Program();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream console = System.err;
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(Sightline.run(program, arguments.split(" "))).isEqualTo(2);
        } finally {
            System.setErr(console);
        }
        assertThat(said.toString(StandardCharsets.UTF_8).strip().lines())
                .singleElement()
                .asString()
                .startsWith("program: ")
                .contains(message);
    }

    @Test
    void options_given_winOverWhatWasDescribed() {
        Program program = new Program();
        new CommandLine(program)
                .parseArgs(
                        "--host=0.0.0.0",
                        "--port=6000",
                        "--tls=auto",
                        "--auth=none",
                        "--allow-origin=https://a.example,https://b.example",
                        "--trusted-proxy=10.0.0.5,10.1.0.0/16",
                        "--media-port=6001",
                        "--media-address=203.0.113.7");
        SightlineConfig config = program.options
                .applyTo(Sightline.server().port(5000).allowedOrigins("https://c.example"))
                .config();

        assertThat(config.http().host() + " " + config.http().port() + " "
                        + config.http().https().tls())
                .isEqualTo("0.0.0.0 6000 auto");
        assertThat(config.auth().mode()).isEqualTo(AuthSettings.Mode.NONE);
        assertThat(config.http().guests().allowedOrigins()).containsExactly("https://a.example", "https://b.example");
        assertThat(config.http().trustedProxies()).containsExactly("10.0.0.5", "10.1.0.0/16");
        assertThat(config.webrtc().port()).isEqualTo(6001);
        assertThat(config.webrtc().addresses()).containsExactly("203.0.113.7");
        assertThat(new ServerOptions().applyTo(Sightline.server().port(5000)).config())
                .isEqualTo(Sightline.server().port(5000).config());
    }

    /** A program of a user's. */
    @Command(name = "program")
    private static final class Program implements Callable<Integer> {
        @Mixin
        private final ServerOptions options = new ServerOptions();

        @Override
        public Integer call() {
            options.applyTo(Sightline.server().port(5000)).start().close();
            return 0;
        }
    }
}
