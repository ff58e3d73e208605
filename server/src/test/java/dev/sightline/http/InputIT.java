package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.connection.InputRates;
import dev.sightline.http.connection.Timeouts;
import dev.sightline.http.limits.InputBudget;
import dev.sightline.http.tls.Tls;
import dev.sightline.http.websocket.WebSocketListener;
import dev.sightline.http.websocket.WebSocketOptions;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.RawClient;
import dev.sightline.testkit.Trust;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What connections send that is not complete is bounded, in bytes and in time, whoever sends it. */
class InputIT {
    private static final int MIB = 1024 * 1024;
    private static final int MESSAGE = 15 * MIB / 10;
    private static final int SHARE = 8 * MIB;
    private static final int FLOODERS = 30;

    private final InputBudget budget = new InputBudget(2 * SHARE, SHARE);
    private final List<RawClient> clients = new ArrayList<>();
    private HttpServer server;

    @AfterEach
    void stop() {
        clients.forEach(RawClient::close);
        if (server != null) {
            server.close();
        }
    }

    private void start(Duration requestTimeout, Timeouts patience) throws IOException {
        HttpSettings settings = HttpSettings.DEFAULTS.withPort(0).withRequestTimeout(requestTimeout);
        server = HttpServer.start(
                settings, routes(), (origin, host) -> true, Network.best(), patience, budget, Optional.empty());
    }

    private static Routes routes() {
        return new Routes()
                .get("/hello", request -> Response.text("hello"))
                .route("POST", "/upload", 2 * MIB, request -> Response.text("took " + request.body().length))
                .webSocket(
                        "/echo",
                        new WebSocketOptions(List.of(), 2 * MIB),
                        (request, socket) -> new WebSocketListener() {
                            @Override
                            public void onText(String message) {
                                socket.text(message);
                            }

                            @Override
                            public void onBinary(byte[] message) {
                                socket.text("took " + message.length);
                            }
                        });
    }

    @ParameterizedTest
    @CsvSource({"FRAME", "FRAGMENTS", "BODY", "CHUNKS"})
    void unfinished_fromOneAddress_endsThoseThatHoldMost_andNobodyElse(Flood flood) throws Exception {
        start(Duration.ofSeconds(60), Timeouts.USUAL);
        RawClient viewer = webSocket();
        RawClient publisher = webSocket();
        byte[] picture = frame(true, 0x2, new byte[100_000]);
        publisher.send(Arrays.copyOf(picture, 50_000));
        Await.until("half a picture is there", () -> budget.held() >= 49_000);

        long most = 0;
        for (int i = 0; i < FLOODERS; i++) {
            flood.send(connect());
            most = Math.max(most, budget.held());
        }

        Await.until("most have ended", () -> budget.ended() >= FLOODERS - SHARE / MESSAGE - 1);
        assertThat(most).isLessThan(SHARE + 3L * MIB);
        Await.until("memory is held by few", () -> budget.held() <= SHARE);
        List<RawClient> flooders = List.copyOf(clients.subList(2, clients.size()));
        Await.until("one is told", () -> flooders.stream().anyMatch(RawClient::hasSomethingToRead));
        RawClient ended = flooders.stream()
                .filter(RawClient::hasSomethingToRead)
                .findFirst()
                .orElseThrow();
        assertThat(flood.answer(ended)).contains(flood.isHttp() ? "429" : "1013", "your address", "8 MB");
        publisher.send(Arrays.copyOfRange(picture, 50_000, picture.length));
        assertThat(readText(publisher)).isEqualTo("took 100000");
        viewer.send(frame(true, 0x1, "still there".getBytes(StandardCharsets.UTF_8)));
        assertThat(readText(viewer)).isEqualTo("still there");
        assertThat(connect().get("/hello").readAnswer()).endsWith("hello");

        clients.forEach(RawClient::close);
        Await.until("nothing is held", () -> budget.held() == 0);
    }

    /** The rate is 1 MB a second, and 1 MB at once: after it nothing is read for a while, of this address. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void bytes_beyondTheAddresssRate_waitWithoutBeingLost(boolean byTls, @TempDir Path folder) throws Exception {
        Tls certificate = Tls.auto(folder, List.of());
        server = HttpServer.start(
                HttpSettings.DEFAULTS.withPort(0).withMaxInputRatePerAddress(1),
                routes(),
                (origin, host) -> true,
                Network.best(),
                Timeouts.USUAL,
                budget,
                byTls ? Optional.of(certificate::context) : Optional.empty());
        long before = InputRates.delays();
        RawClient socket = upgrade(byTls ? secure(certificate) : connect());
        RawClient poster = byTls ? secure(certificate) : connect();
        for (int i = 0; i < 2; i++) {
            socket.send(frame(true, 0x2, new byte[MIB]));
            poster.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: " + MIB + "\r\n\r\n")
                    .send(new byte[MIB]);
            assertThat(readText(socket)).isEqualTo("took " + MIB);
            assertThat(poster.readAnswer()).endsWith("took " + MIB);
        }
        assertThat(InputRates.delays()).isGreaterThan(before);
    }

    @Test
    void unfinished_andThenComplete_isHeldNoLonger() throws Exception {
        start(Duration.ofSeconds(60), Timeouts.USUAL);
        RawClient client = webSocket();
        for (int i = 0; i < 10; i++) {
            client.send(frame(false, 0x2, new byte[MIB])).send(frame(true, 0, new byte[MIB]));
            assertThat(readText(client)).isEqualTo("took " + 2 * MIB);
        }
        RawClient poster = connect();
        for (int i = 0; i < 10; i++) {
            poster.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: " + MIB + "\r\n\r\n")
                    .send(new byte[MIB]);
            assertThat(poster.readAnswer()).endsWith("took " + MIB);
        }
        assertThat(budget.held()).isZero();
        assertThat(budget.ended()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"FRAME", "FRAGMENTS"})
    void unfinished_forTooLong_1008_whateverPingsItSends(Flood flood) throws Exception {
        start(Duration.ofMillis(500), Timeouts.USUAL);
        long before = HttpServer.closes().getOrDefault("1008", 0L);
        RawClient client = webSocket();
        if (flood == Flood.FRAME) {
            client.send(Arrays.copyOf(frame(true, 0x2, new byte[1_000]), 500));
        } else {
            client.send(frame(false, 0x2, new byte[500]));
        }
        String answer = "";
        for (int pings = 0; pings < 5_000 && !answer.startsWith("close "); pings++) { // 500 a second are answered
            if (flood == Flood.FRAGMENTS) {
                client.send(frame(true, 0x9, new byte[0]));
            }
            answer = readFrame(client);
        }
        assertThat(answer).isEqualTo("close 1008 a message has to be complete within 0.5 s");
        assertThat(HttpServer.closes().get("1008")).isEqualTo(before + 1);
        assertThat(client.isClosedByServer()).isTrue();
        Await.until("nothing is held", () -> budget.held() == 0);
    }

    @Test
    void complete_messagesOfALivingClient_neverAreLate() throws Exception {
        start(Duration.ofMillis(500), Timeouts.USUAL);
        RawClient client = webSocket();
        long end = System.nanoTime() + 1_500_000_000L;
        while (System.nanoTime() < end) {
            client.send(frame(false, 0x1, "a".getBytes(StandardCharsets.UTF_8)))
                    .send(frame(true, 0, "b".getBytes(StandardCharsets.UTF_8)));
            assertThat(readText(client)).isEqualTo("ab");
        }
    }

    @Test
    void heads_unfinished_count_andWhatComesAtOnceDoesNot() throws Exception {
        start(
                Duration.ofSeconds(60),
                new Timeouts(
                        Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofMinutes(5), Duration.ofSeconds(60)));
        RawClient whole = connect();
        assertThat(whole.get("/hello").readAnswer()).endsWith("hello");
        assertThat(budget.held()).isZero();
        whole.send("GET /hello HTTP/1.1\r\nHost: a\r\n");
        Await.until("it counts", () -> budget.held() > 25_000);
        whole.send("X: y\r\n");
        assertThat(whole.send("\r\n").readAnswer()).endsWith("hello");
        Await.until("it counts no more", () -> budget.held() == 0);

        for (int i = 0; i < 300; i++) { // of 40,000 bytes, where there is room for 210
            connect().send("GET /hello HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(15_000));
        }
        Await.until("those are ended who are too many", () -> budget.ended() > 80);
        assertThat(whole.get("/hello").readAnswer()).endsWith("hello");
    }

    @Test
    void header_ofManyFields_431() throws Exception {
        start(Duration.ofSeconds(60), Timeouts.USUAL);
        assertThat(connect()
                        .send("GET /hello HTTP/1.1\r\nHost: a\r\n" + "a:\r\n".repeat(127) + "\r\n")
                        .readAnswer())
                .startsWith("HTTP/1.1 200 ");
        assertThat(connect()
                        .send("GET /hello HTTP/1.1\r\nHost: a\r\n" + "a:\r\n".repeat(128) + "\r\n")
                        .readAnswer())
                .startsWith("HTTP/1.1 431 ")
                .contains("128 fields");
    }

    @Test
    void tls_unfinished_isBoundedToo(@TempDir Path folder) throws Exception {
        Tls certificate = Tls.auto(folder, List.of());
        server = HttpServer.start(
                HttpSettings.DEFAULTS.withPort(0),
                routes(),
                (origin, host) -> true,
                Network.best(),
                Timeouts.USUAL,
                budget,
                Optional.of(certificate::context));
        RawClient good = secure(certificate);
        upgrade(good);
        for (int i = 0; i < FLOODERS; i++) {
            Flood.FRAME.send(secure(certificate));
        }
        Await.until("most have ended", () -> budget.ended() >= FLOODERS - SHARE / MESSAGE - 1);
        Await.until("memory is held by few", () -> budget.held() <= SHARE);
        good.send(frame(true, 0x1, "still there".getBytes(StandardCharsets.UTF_8)));
        assertThat(readText(good)).isEqualTo("still there");
        clients.forEach(RawClient::close);
        Await.until("nothing is held", () -> budget.held() == 0);

        byte[] record = {22, 3, 1, 0x3F, (byte) 0xFF}; // and nearly 16 KiB, which do not all come
        connect().send(Arrays.copyOf(record, 10_000));
        Await.until("a part of a record counts", () -> budget.held() >= 10_000);
    }

    private RawClient secure(Tls certificate) throws IOException {
        return added(
                new RawClient(server.address(), Trust.in(certificate.authority().orElseThrow())));
    }

    private RawClient connect() throws IOException {
        return added(new RawClient(server.address()));
    }

    private RawClient added(RawClient client) {
        clients.add(client);
        return client;
    }

    private RawClient webSocket() throws IOException {
        return upgrade(connect());
    }

    private static RawClient upgrade(RawClient client) throws IOException {
        String head = client.get(
                        "/echo",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
                .readHead();
        assertThat(head).startsWith("HTTP/1.1 101 ");
        return client;
    }

    /** A masked frame. */
    private static byte[] frame(boolean last, int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) ((last ? 0x80 : 0) | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload); // a mask of zeros changes nothing
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static String readText(RawClient client) throws IOException {
        String frame = readFrame(client);
        return frame.startsWith("ping") ? readText(client) : frame;
    }

    private static String readFrame(RawClient client) throws IOException {
        byte[] head = client.read(2);
        int length = head[1] & 0x7F;
        if (length == 126) {
            length = ByteBuffer.wrap(client.read(2)).getShort();
        }
        byte[] payload = client.read(length);
        String text = new String(payload, StandardCharsets.UTF_8);
        return switch (head[0] & 0xF) {
            case 0x8 ->
                "close " + ByteBuffer.wrap(payload).getShort() + " "
                        + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
            case 0x9 -> "ping " + text;
            case 0xA -> "pong " + text;
            default -> text;
        };
    }

    /** A way to send much that is not complete. */
    private enum Flood {
        FRAME {
            @Override
            void send(RawClient client) throws IOException {
                upgrade(client);
                byte[] message = frame(true, 0x2, new byte[MESSAGE]);
                sendAll(client, Arrays.copyOf(message, message.length - 1));
            }
        },
        FRAGMENTS {
            @Override
            void send(RawClient client) throws IOException {
                upgrade(client);
                ByteArrayOutputStream fragments = new ByteArrayOutputStream();
                for (int sent = 0; sent < MESSAGE; sent += 10_000) {
                    fragments.writeBytes(frame(false, sent == 0 ? 0x2 : 0, new byte[10_000]));
                }
                sendAll(client, fragments.toByteArray());
            }
        },
        BODY {
            @Override
            void send(RawClient client) throws IOException {
                client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: " + (MESSAGE + 1) + "\r\n\r\n");
                sendAll(client, new byte[MESSAGE]);
            }
        },
        CHUNKS {
            @Override
            void send(RawClient client) throws IOException {
                client.send("POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
                String chunk = "2710\r\n" + "x".repeat(10_000) + "\r\n";
                sendAll(client, chunk.repeat(MESSAGE / 10_000).getBytes(StandardCharsets.US_ASCII));
            }
        };

        abstract void send(RawClient client) throws IOException;

        boolean isHttp() {
            return this == BODY || this == CHUNKS;
        }

        String answer(RawClient client) throws IOException {
            return isHttp() ? client.readAnswer() : readFrame(client);
        }

        /** Which the server may end in the midst of it. */
        private static void sendAll(RawClient client, byte[] bytes) {
            try {
                client.send(bytes);
            } catch (IOException e) {
                // it was ended
            }
        }
    }
}
