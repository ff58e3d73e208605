package dev.sightline.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Loader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A WebRTC of another house, in a process of its own: it watches by WHEP and sends by WHIP for a while. The programs lie beside this
 * class; Debian has what they need, and npm has werift.
 */
public final class ForeignPeer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path HOME = Path.of("target", "peers").toAbsolutePath();
    private static final String WERIFT = "0.24.4";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration INSTALLED = Duration.ofMinutes(10);

    private final String name;
    private final Process process;
    private final Path errors;
    private final Duration patience;

    private ForeignPeer(String name, Process process, Path errors, Duration patience) {
        this.name = name;
        this.process = process;
        this.errors = errors;
        this.patience = patience;
    }

    /**
     * What it saw.
     *
     * @param frames that came while it watched
     * @param longestGapSeconds between two of them
     * @param states of its connections in their order, and what the server refused at the end
     */
    public record Seen(int frames, double longestGapSeconds, List<String> states) {}

    /**
     * What it does.
     *
     * @param codec VP8 or H264
     * @param sound where its offers have sound: none, first or second
     */
    public record Task(Duration length, String codec, String sound) {}

    /** GStreamer's webrtcbin, on libnice, watches or sends; {@code role} is watch or send. */
    public static ForeignPeer gstreamer(String role, URI address, Task task) {
        return start("gstreamer", List.of("/usr/bin/python3", file("gstreamer.py"), role, address.toString()), task);
    }

    /** aiortc watches, and sends on what it sees, encoded anew. */
    public static ForeignPeer aiortc(URI whep, URI whip, Task task) {
        return start("aiortc", List.of(python(), file("aiortc.py"), whep.toString(), whip.toString()), task);
    }

    /** Pion watches, and sends on what it sees. */
    public static ForeignPeer pion(URI whep, URI whip, Task task) {
        Path program = HOME.resolve("pion");
        run(List.of("go", "build", "-o", program.toString(), file("pion.go")));
        return start("pion", List.of(program.toString(), whep.toString(), whip.toString()), task);
    }

    /** werift, which is all JavaScript, watches, and sends on what it sees. */
    public static ForeignPeer werift(URI whep, URI whip, Task task) {
        if (!Files.isDirectory(HOME.resolve("node_modules/werift"))) {
            String npm = Path.of(node()).resolveSibling("npm").toString();
            run(List.of(
                    npm, "install", "--no-save", "--no-package-lock", "--prefix", HOME.toString(), "werift@" + WERIFT));
        }
        return start("werift", List.of(node(), file("werift.mjs"), whep.toString(), whip.toString()), task);
    }

    /** Firefox watches, and sends on what it shows. */
    public static ForeignPeer firefox(URI whep, URI whip, Task task) {
        List<String> command = List.of(python(), file("firefox.py"), file("page.js"), whep.toString(), whip.toString());
        return start("firefox", command, task);
    }

    /** FFmpeg's own muxer for WHIP sends H.264 and sound; it waits for the server to begin the DTLS handshake. */
    public static ForeignPeer ffmpeg(URI whip, Duration length) {
        List<String> command = new ArrayList<>(List.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class)));
        command.addAll(List.of(
                "-nostdin -loglevel error -re -f lavfi -i testsrc2=size=320x240:rate=15 -f lavfi -i sine".split(" ")));
        command.addAll(
                List.of("-pix_fmt yuv420p -c:v libopenh264 -b:v 300k -g 60 -c:a libopus -ar 48000 -ac 2".split(" ")));
        command.addAll(List.of("-t", Long.toString(length.toSeconds()), "-f", "whip", whip.toString()));
        return start("ffmpeg", command, length);
    }

    /** Waits until it has ended in order; what it saw, which is nothing if it only sent. */
    public Seen await() {
        try {
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(name + " failed: " + Files.readString(errors));
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return seen(JSON.readTree(said.isBlank() ? "{}" : said));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static Seen seen(JsonNode json) {
        return new Seen(
                json.path("frames").asInt(),
                json.path("longestGapSeconds").asDouble(),
                json.path("states").valueStream().map(JsonNode::asString).toList());
    }

    private static ForeignPeer start(String name, List<String> command, Task task) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(Double.toString(task.length().toMillis() / 1e3), task.codec(), task.sound()));
        return start(name, all, task.length());
    }

    private static ForeignPeer start(String name, List<String> command, Duration length) {
        try {
            Path errors = Files.createTempFile(home(), name, ".log");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().put("NODE_PATH", HOME.resolve("node_modules").toString());
            return new ForeignPeer(name, builder.start(), errors, length.plus(PATIENCE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs what makes a peer ready. Go finds Debian's packages by GOPATH. */
    private static void run(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(Map.of("GOPATH", "/usr/share/gocode", "GO111MODULE", "off"));
            Path output = Files.createTempFile(home(), "install", ".log");
            Process process = builder.redirectOutput(output.toFile()).start();
            if (!process.waitFor(INSTALLED.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(command + " failed: " + Files.readString(output));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** A program beside this class, where others can read it. */
    private static String file(String program) {
        try (InputStream script = ForeignPeer.class.getResourceAsStream("peers/" + program)) {
            Path copy = home().resolve(program);
            Files.copy(script, copy, StandardCopyOption.REPLACE_EXISTING);
            return copy.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path home() throws IOException {
        return Files.createDirectories(HOME);
    }

    private static String python() {
        return Optional.ofNullable(System.getenv("PYTHON")).orElse("/usr/bin/python3");
    }

    private static String node() {
        return Optional.ofNullable(System.getenv("PLAYWRIGHT_NODEJS_PATH")).orElse("/usr/bin/node");
    }
}
