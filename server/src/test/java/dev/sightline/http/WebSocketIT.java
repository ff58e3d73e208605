package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sightline.http.connection.Timeouts;
import dev.sightline.http.websocket.WebSocket;
import dev.sightline.http.websocket.WebSocketListener;
import dev.sightline.http.websocket.WebSocketOptions;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.RawClient;
import io.netty.channel.epoll.Epoll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Network.class)
class WebSocketIT {
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int BIG = 1_000_000;

    @Parameter
    Network network;

    private final List<String> closes = new CopyOnWriteArrayList<>();
    private final AtomicInteger messages = new AtomicInteger();
    private volatile long lastMessage;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(network == Network.NIO || Epoll.isAvailable());
        server = start(Timeouts.USUAL);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private HttpServer start(Timeouts patience) throws IOException {
        WebSocketOptions options = new WebSocketOptions(List.of("best", "second"), BIG);
        Routes routes = new Routes()
                .webSocket("/echo", options, (request, socket) -> new Echo(socket))
                .webSocket("/refuses", options, (request, socket) -> {
                    throw new ProblemException(Problem.of(400, "not you"));
                })
                .webSocket("/fails", options, (request, socket) -> {
                    throw new IllegalStateException("a secret of the house");
                });
        HttpSettings settings =
                HttpSettings.DEFAULTS.withPort(0).withMaxConnections(1_000).withRequestTimeout(Duration.ofSeconds(20));
        return HttpServer.start(settings, routes, (origin, host) -> false, network, patience);
    }

    @Test
    void handshake_keyOfTheRfc_isAcceptedWithoutExtensions() throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            String answer = client.get("/echo", handshake("Sec-WebSocket-Extensions: permessage-deflate"))
                    .readHead();
            assertThat(answer)
                    .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
                    .containsIgnoringCase("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
                    .doesNotContainIgnoringCase("extensions")
                    .doesNotContainIgnoringCase("protocol:");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"best | best", "second | second", "second, best | best", "other,second | second", "other | "})
    void handshake_subprotocols_theServersBestIsChosen(String offered, String chosen) throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            String answer = client.get("/echo", handshake("Sec-WebSocket-Protocol: " + offered))
                    .readHead();
            if (chosen == null) {
                assertThat(answer).doesNotContainIgnoringCase("sec-websocket-protocol");
            } else {
                assertThat(answer).containsIgnoringCase("sec-websocket-protocol: " + chosen + "\r\n");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Connection: keep-alive | 426",
                "Upgrade: h2c | 426",
                "Sec-WebSocket-Version: 8 | 426",
                "Sec-WebSocket-Key: short | 400",
                "Origin: http://evil.example | 403",
            })
    void handshake_wrong_isAnsweredWithAProblem(String wrong, int status) throws Exception {
        String name = wrong.substring(0, wrong.indexOf(':'));
        List<String> fields = new ArrayList<>(List.of(handshake()));
        fields.removeIf(field -> field.startsWith(name + ":"));
        fields.add(wrong);
        fields.add("Connection: close");
        try (RawClient client = new RawClient(server.address())) {
            String answer = client.get("/echo", fields.toArray(String[]::new)).readAll();
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("application/problem+json");
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "125", "126", "65535", "65536", "1000000"})
    void binary_anyLength_comesBackInTheShortestHeader(int length) throws Exception {
        try (RawClient client = open("/echo")) {
            byte[] payload = new byte[length];
            Arrays.fill(payload, (byte) 7);
            client.send(frame(true, BINARY, payload));
            Frame echo = read(client);
            assertThat(echo.opcode).isEqualTo(BINARY);
            assertThat(echo.payload).isEqualTo(payload);
            assertThat(echo.headerBytes).isEqualTo(length < 126 ? 2 : length < 65_536 ? 4 : 10);
        }
    }

    @Test
    void text_inFragmentsWithAPingBetween_isPutTogether() throws Exception {
        try (RawClient client = open("/echo")) {
            client.send(frame(false, TEXT, "Gr\u00fc\u00dfe ".getBytes(StandardCharsets.UTF_8)));
            client.send(frame(true, PING, "are you there".getBytes(StandardCharsets.UTF_8)));
            client.send(frame(true, 0, "from afar".getBytes(StandardCharsets.UTF_8)));
            Frame pong = read(client);
            assertThat(pong.opcode).isEqualTo(PONG);
            assertThat(pong.text()).isEqualTo("are you there");
            assertThat(read(client).text()).isEqualTo("Gr\u00fc\u00dfe from afar");
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void message_tooLong_1009(boolean inFragments) throws Exception {
        try (RawClient client = open("/echo")) {
            if (inFragments) {
                client.send(frame(false, BINARY, new byte[BIG]));
                client.send(frame(true, 0, new byte[1]));
            } else {
                client.send(frame(true, BINARY, new byte[BIG + 1]));
            }
            assertThat(read(client).closeCode()).isEqualTo(1009);
            assertThat(client.isClosedByServer()).isTrue();
        }
        Await.until("the listener is told", () -> closes.size() == 1);
        assertThat(closes.get(0)).startsWith("1009 ");
    }

    @Test
    void frame_unmasked_1002() throws Exception {
        try (RawClient client = open("/echo")) {
            client.send(new byte[] {(byte) 0x81, 1, 'x'});
            assertThat(read(client).closeCode()).isEqualTo(1002);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void text_notUtf8_1007() throws Exception {
        try (RawClient client = open("/echo")) {
            client.send(frame(true, TEXT, new byte[] {(byte) 0xC3, 0x28}));
            assertThat(read(client).closeCode()).isEqualTo(1007);
        }
    }

    @Test
    void close_byClient_isEchoedAndTold() throws Exception {
        try (RawClient client = open("/echo")) {
            byte[] reason = "had enough".getBytes(StandardCharsets.UTF_8);
            client.send(frame(
                    true,
                    CLOSE,
                    ByteBuffer.allocate(12).putShort((short) 4321).put(reason).array()));
            assertThat(read(client).closeCode()).isEqualTo(4321);
            assertThat(client.isClosedByServer()).isTrue();
        }
        Await.until("the listener is told", () -> !closes.isEmpty());
        assertThat(closes).containsExactly("4321 had enough");
    }

    @Test
    void close_connectionJustBreaks_isToldOnceWith1006() throws Exception {
        open("/echo").close();
        Await.until("the listener is told", () -> !closes.isEmpty());
        assertThat(closes).containsExactly("1006 ");
    }

    @Test
    void close_reasonTooLong_isCutBetweenCharacters() throws Exception {
        try (RawClient client = open("/echo")) {
            client.send(frame(true, TEXT, "close please".getBytes(StandardCharsets.UTF_8)));
            Frame close = read(client);
            assertThat(close.payload.length).isBetween(120, 125);
            String reason = new String(close.payload, 2, close.payload.length - 2, StandardCharsets.UTF_8);
            assertThat(reason).matches("\u20ac+");
        }
    }

    @Test
    void handler_refuses_1008AndFails_1011WithoutItsSecrets() throws Exception {
        try (RawClient client = open("/refuses")) {
            Frame close = read(client);
            assertThat(close.closeCode()).isEqualTo(1008);
            assertThat(close.text()).contains("not you");
        }
        try (RawClient client = open("/fails")) {
            Frame close = read(client);
            assertThat(close.closeCode()).isEqualTo(1011);
            assertThat(close.text()).doesNotContain("secret");
        }
        try (RawClient client = open("/echo")) {
            client.send(frame(true, TEXT, "throw please".getBytes(StandardCharsets.UTF_8)));
            assertThat(read(client).closeCode()).isEqualTo(1011);
        }
    }

    @Test
    void client_sendsForEverAndReadsNothing_isNotReadAnyMore() throws Exception {
        byte[] message = frame(true, BINARY, new byte[100_000]);
        try (RawClient client = open("/echo")) {
            lastMessage = System.nanoTime();
            sendForEver(client, message);
            Await.until("no more is read", () -> System.nanoTime() - lastMessage > 500_000_000L);
            assertThat(messages.get()).isBetween(1, 300);
        }
        Await.until("the listener is told", () -> closes.size() == 1);
    }

    @Test
    void texts_flood_othersOfTheSameEventLoopAreServedBetween() throws Exception {
        server.close();
        List<String> served = new CopyOnWriteArrayList<>();
        Routes routes = new Routes().webSocket("/served", new WebSocketOptions(List.of(), BIG), (request, socket) -> {
            // Tasks of an event loop run when it has served all connections that had something to say.
            AtomicBoolean othersWait = new AtomicBoolean();
            return new WebSocketListener() {
                @Override
                public void onText(String message) {
                    served.add(message);
                    if (othersWait.compareAndSet(false, true)) {
                        socket.executor().execute(() -> {
                            served.add("others");
                            othersWait.set(false);
                        });
                    }
                }
            };
        });
        server = HttpServer.start(
                HttpSettings.DEFAULTS.withPort(0), routes, (origin, host) -> false, network, Timeouts.USUAL);
        ByteArrayOutputStream flood = new ByteArrayOutputStream();
        for (int i = 0; i < 1_000; i++) {
            flood.writeBytes(text("flood"));
        }
        try (RawClient flooder = new RawClient(server.address())) {
            assertThat(flooder.get("/served", handshake()).readHead()).contains(" 101 ");
            flooder.send(flood.toByteArray());
            Await.until(
                    "all were served",
                    () -> served.stream().filter("flood"::equals).count() == 1_000);
            Await.until(
                    "the last turn has ended",
                    () -> served.get(served.size() - 1).equals("others"));
        }
        assertThat(longestRun(served)).isLessThanOrEqualTo(16);
    }

    private static int longestRun(List<String> served) {
        int longest = 0;
        int run = 0;
        for (String each : served) {
            run = each.equals("flood") ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    @Test
    void texts_moreThanTheRate_comeLater_andThenTheEnd() throws Exception {
        int texts = 3_000; // 2,000 come at once, the others in 2 s: no machine is as slow as that by itself
        long before = HttpServer.delays().get("messages");
        try (RawClient client = open("/echo")) {
            ByteArrayOutputStream flood = new ByteArrayOutputStream();
            for (int i = 0; i < texts; i++) {
                flood.writeBytes(text("x" + i));
            }
            flood.writeBytes(frame(true, CLOSE, new byte[] {3, (byte) 0xE8}));
            client.send(flood.toByteArray()).shutdownOutput();
            for (int i = 0; i < texts; i++) {
                assertThat(read(client).text()).isEqualTo("x" + i);
            }
            assertThat(read(client).closeCode()).isEqualTo(1000);
        }
        assertThat(HttpServer.delays().get("messages")).isGreaterThan(before);
    }

    @Test
    void deadClient_answersNoPing_isLetGo() throws Exception {
        server.close();
        server = start(new Timeouts(Duration.ofMillis(50), Duration.ofMillis(300), Duration.ofMinutes(5)));
        try (RawClient dead = open("/echo")) {
            long before = HttpServer.timeOuts().getOrDefault("ping", 0L);
            assertThat(read(dead).opcode).isEqualTo(PING);
            Await.until("the dead one is let go", () -> closes.contains("1006 "));
            assertThat(HttpServer.timeOuts().get("ping")).isEqualTo(before + 1);
        }
    }

    @Test
    void livingClient_answersPings_stays() throws Exception {
        server.close();
        server = start(new Timeouts(Duration.ofMillis(50), Duration.ofMillis(300), Duration.ofMinutes(5)));
        try (RawClient living = open("/echo")) {
            for (int i = 0; i < 20; i++) {
                assertThat(read(living).opcode).isEqualTo(PING);
                living.send(frame(true, PONG, new byte[0]));
            }
            assertThat(closes).isEmpty();
        }
    }

    @Test
    void clientThatDoesNotRead_isNotTakenForDeadButLetGoAfterLong() throws Exception {
        server.close();
        server = start(new Timeouts(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(2)));
        try (RawClient client = open("/echo")) {
            long start = System.nanoTime();
            sendForEver(client, frame(true, BINARY, new byte[BIG]));
            Await.until("the one who takes nothing is let go", () -> closes.contains("1006 "));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
        }
    }

    /** Until the connection is closed; the thread ends with it. */
    private static void sendForEver(RawClient client, byte[] message) {
        Thread sender = new Thread(() -> {
            try {
                while (true) {
                    client.send(message);
                }
            } catch (IOException e) {
                // closed by either side
            }
        });
        sender.setDaemon(true);
        sender.start();
    }

    private RawClient open(String path) throws IOException {
        RawClient client = new RawClient(server.address());
        assertThat(client.get(path, handshake()).readHead()).startsWith("HTTP/1.1 101 ");
        return client;
    }

    private static String[] handshake(String... more) {
        List<String> fields = new ArrayList<>(List.of(
                "Connection: keep-alive, Upgrade",
                "Upgrade: WebSocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        fields.addAll(List.of(more));
        return fields.toArray(String[]::new);
    }

    /** A frame as a client sends it: masked, here with zeros. */
    private static byte[] frame(boolean last, int opcode, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write((last ? 0x80 : 0) | opcode);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else if (payload.length < 65_536) {
            out.write(0x80 | 126);
            out.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            out.write(0x80 | 127);
            out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        out.writeBytes(new byte[4]);
        out.writeBytes(payload);
        return out.toByteArray();
    }

    private static byte[] text(String message) {
        return frame(true, TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    private static Frame read(RawClient client) throws IOException {
        byte[] start = client.read(2);
        assertThat(start).as("a frame").hasSize(2);
        assertThat(start[0] & 0xF0).as("final and without extensions").isEqualTo(0x80);
        assertThat(start[1] & 0x80).as("unmasked").isZero();
        int more = start[1] == 126 ? 2 : start[1] == 127 ? 8 : 0;
        long length = start[1];
        if (more > 0) {
            length = new java.math.BigInteger(1, client.read(more)).longValueExact();
        }
        return new Frame(start[0] & 0x0F, 2 + more, client.read((int) length));
    }

    private record Frame(int opcode, int headerBytes, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode() {
            assertThat(opcode).isEqualTo(CLOSE);
            return ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        }
    }

    private final class Echo implements WebSocketListener {
        private final WebSocket socket;

        Echo(WebSocket socket) {
            this.socket = socket;
        }

        @Override
        public void onText(String message) {
            switch (message) {
                case "close please" -> socket.close(4000, "\u20ac".repeat(100));
                case "throw please" -> throw new IllegalStateException("a secret of the house");
                default -> socket.text(message);
            }
        }

        @Override
        public void onBinary(byte[] message) {
            messages.incrementAndGet();
            lastMessage = System.nanoTime();
            socket.binary(message);
        }

        @Override
        public void onClose(int code, String reason) {
            closes.add(code + " " + reason);
        }
    }
}
