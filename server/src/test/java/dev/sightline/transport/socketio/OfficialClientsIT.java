package dev.sightline.transport.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.NodeClient;
import dev.sightline.testkit.Pictures;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official clients in Java, JavaScript and Python, by polling alone, WebSocket alone and with the upgrade, all at the
 * same time: each says in lines {@code NAME WHAT …} what it sees. They send pictures as binary and as text.
 */
class OfficialClientsIT {
    private static final String FOREIGN = "http://evil.example";
    private static final List<String> JAVASCRIPT = List.of("3.1.3", "4.4.1", "4.8.4");
    private static final Map<String, List<String>> WAYS = Map.of(
            "polling",
            List.of("polling"),
            "websocket",
            List.of("websocket"),
            "upgrade",
            List.of("polling", "websocket"));
    private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");
    private static final int SHARED_FRAMES = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final OkHttpClient http = http();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> closing = new ArrayList<>();
    private SightlineServer server;
    private byte[] jpeg;
    private Path picture;

    @BeforeEach
    void start() throws IOException {
        jpeg = Pictures.plain(64, 48, 90);
        picture = Files.write(folder.resolve("picture.jpg"), jpeg);
        server = Sightline.server().port(0).stream("demo", s -> s.source("pattern:160x120@10")).stream(
                        "mi", s -> s.source("mirror:"))
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : closing) {
            each.close();
        }
        server.close();
    }

    @Test
    void everyClientByEveryWay_seesTheSamePictures_andSendsItsOwn() throws IOException {
        Set<String> names = new TreeSet<>();
        WAYS.forEach((way, transports) -> {
            names.add("java-" + way);
            java("java-" + way, transports);
        });
        List<NodeClient> nodes = JAVASCRIPT.stream().map(this::javaScript).toList();
        closing.addAll(nodes);
        python();
        for (String way : WAYS.keySet()) {
            JAVASCRIPT.forEach(version -> names.add(version + "-" + way));
            names.add("python-" + way);
        }
        for (String name : names) {
            Await.until(name + " saw and sent all, said were " + last(nodes), PATIENCE, () -> isDone(name, nodes));
        }
        for (String name : names) {
            String carrier = name.endsWith("polling") ? "polling" : "websocket";
            assertThat(lines(nodes)).contains(name + " mirrored " + carrier, name + " foreign refused");
        }
        assertThat(lines(nodes)).noneMatch(line -> line.contains(" failed"));
        hashes(nodes)
                .forEach((seq, hashes) -> assertThat(Set.copyOf(hashes.values()))
                        .as("picture %s", seq)
                        .hasSize(1));
    }

    private boolean isDone(String name, List<NodeClient> nodes) {
        List<String> lines = lines(nodes);
        return lines.stream().anyMatch(line -> line.startsWith(name + " mirrored"))
                && lines.stream().anyMatch(line -> line.startsWith(name + " foreign"))
                && hashes(nodes).values().stream()
                                .filter(hashes -> hashes.size() > 1 && hashes.containsKey(name))
                                .count()
                        >= SHARED_FRAMES;
    }

    /** By picture and client. */
    private Map<String, Map<String, String>> hashes(List<NodeClient> nodes) {
        Map<String, Map<String, String>> hashes = new TreeMap<>();
        for (String line : lines(nodes)) {
            String[] words = line.split(" ");
            if (words.length == 4 && words[1].equals("frame")) {
                hashes.computeIfAbsent(words[2], seq -> new TreeMap<>()).put(words[0], words[3]);
            }
        }
        return hashes;
    }

    private List<String> lines(List<NodeClient> nodes) {
        return Stream.concat(said.stream(), nodes.stream().flatMap(node -> node.lines().stream()))
                .toList();
    }

    private String last(List<NodeClient> nodes) {
        return lines(nodes).stream().filter(line -> !line.contains(" frame ")).collect(Collectors.joining("; "));
    }

    private void java(String name, List<String> transports) {
        Socket viewer = java(transports, "demo", own());
        viewer.on("frame", arguments -> said.add(name + " frame " + identity((byte[]) arguments[0])));
        viewer.connect();
        Socket mirror = java(transports, "mi", own());
        String text = Base64.getMimeEncoder().encodeToString(jpeg);
        mirror.on(
                Socket.EVENT_CONNECT,
                nothing -> send(
                        mirror,
                        jpeg,
                        () -> send(mirror, text, () -> {
                            String carrier = name.endsWith("polling") ? "polling" : "websocket";
                            said.add(name + " mirrored " + carrier);
                        })));
        mirror.connect();
        Socket stranger = java(transports, "demo", FOREIGN);
        stranger.on(Socket.EVENT_CONNECT, nothing -> said.add(name + " foreign admitted"));
        stranger.on(Socket.EVENT_CONNECT_ERROR, why -> said.add(name + " foreign refused"));
        stranger.connect();
    }

    /** Sends a picture; goes on when it was acknowledged, and its result has come. */
    private static void send(Socket mirror, Object picture, Runnable next) {
        mirror.once("frame", result -> {
            if (((byte[]) result[0])[0] == (byte) 0xFF) {
                next.run();
            }
        });
        mirror.emit("frame", new Object[] {picture}, (Ack) answer -> {
            if (!String.valueOf(answer[0]).contains("202")) {
                mirror.off("frame");
            }
        });
    }

    /** One for all, as the client has it by default, but without its limit of five requests to a host at a time. */
    private static OkHttpClient http() {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequestsPerHost(64);
        return new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .readTimeout(1, TimeUnit.MINUTES)
                .build();
    }

    private Socket java(List<String> transports, String stream, String origin) {
        IO.Options options = IO.Options.builder()
                .setTransports(transports.toArray(new String[0]))
                .setAuth(Map.of("stream", stream))
                .setExtraHeaders(Map.of("Origin", List.of(origin)))
                .setForceNew(true)
                .setReconnection(false)
                .build();
        options.callFactory = http;
        options.webSocketFactory = http;
        Socket socket = IO.socket(address(), options);
        closing.add(socket::disconnect);
        return socket;
    }

    private NodeClient javaScript(String version) {
        return NodeClient.start(
                version, address(), """
                import { readFileSync } from 'node:fs';
                import { createHash } from 'node:crypto';
                const jpeg = readFileSync('PICTURE');
                const lines = jpeg.toString('base64').replace(/.{76}/g, '$&\\r\\n');
                const clients = async (way, transports) => {
                    const name = 'VERSION-' + way;
                    const open = (stream, Origin) => io(url, { transports, forceNew: true, auth: { stream }, extraHeaders: { Origin } });
                    open('demo', 'OWN').on('frame', (picture) => {
                        const seq = /"seq":(\\d+)/.exec(picture.subarray(0, 80).toString('latin1'))[1];
                        say(name, 'frame', seq, createHash('sha256').update(picture).digest('hex'));
                    });
                    const mirror = open('mi', 'OWN');
                    for (const form of [jpeg, lines, 'data:image/jpeg;name=a.jpg;base64,' + lines, Buffer.concat([jpeg, Buffer.alloc(3000)])]) {
                        const result = once(mirror, 'frame');
                        const { status, detail } = await new Promise((resolve) => mirror.emit('frame', form, resolve));
                        if (status !== 202) say(name, 'failed', status, detail);
                        await result;
                    }
                    say(name, 'mirrored', mirror.io.engine.transport.name);
                    mirror.disconnect();
                    const stranger = open('demo', 'FOREIGN');
                    stranger.on('connect', () => say(name, 'foreign', 'admitted'));
                    await once(stranger, 'connect_error');
                    stranger.disconnect();
                    say(name, 'foreign', 'refused');
                };
                clients('polling', ['polling']);
                clients('websocket', ['websocket']);
                clients('upgrade', ['polling', 'websocket']);
                """.replace("PICTURE", picture.toString().replace('\\', '/'))
                        .replace("VERSION", version)
                        .replace("OWN", own())
                        .replace("FOREIGN", FOREIGN));
    }

    private void python() throws IOException {
        Path script = Path.of("src/test/resources/dev/sightline/testkit/socketio-clients.py")
                .toAbsolutePath();
        String program = Optional.ofNullable(System.getenv("PYTHON")).orElse("/usr/bin/python3");
        Process process = new ProcessBuilder(
                        program, script.toString(), address().toString(), own(), FOREIGN, picture.toString())
                .redirectErrorStream(true)
                .start();
        closing.add(process::destroyForcibly);
        Thread reader = new Thread(() -> read(process), "python-client");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Process process) {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output.lines().forEach(said::add);
        } catch (IOException | UncheckedIOException ended) {
            // The process was ended.
        }
    }

    private static String identity(byte[] picture) {
        try {
            String begin = new String(Arrays.copyOf(picture, 80), StandardCharsets.ISO_8859_1);
            Matcher seq = SEQ.matcher(begin);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(picture);
            return (seq.find() ? seq.group(1) : "none") + " " + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    private String own() {
        return address().toString();
    }
}
