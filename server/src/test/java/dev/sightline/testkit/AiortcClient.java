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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** aiortc, a WebRTC of another house, in a process of Python: it plays a stream by WHEP and decodes it. */
public final class AiortcClient {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private AiortcClient() {}

    /**
     * What it saw.
     *
     * @param frames pictures decoded
     * @param width of the last one
     * @param height of the last one
     * @param codecs those of the server's answer, repair packets included
     * @param firstFrameSeconds from the beginning to the first picture
     * @param numbers those that could be read in pictures of the pattern, in their order
     * @param states of its connection, in their order
     */
    public record Seen(
            int frames,
            int width,
            int height,
            List<String> codecs,
            double firstFrameSeconds,
            List<Long> numbers,
            List<String> states) {}

    /**
     * Plays for a while and ends the session.
     *
     * @param whep the stream's address
     * @param codec VP8 or H264; empty: both are offered
     */
    public static Seen play(URI whep, Duration length, Optional<String> codec) {
        List<String> command = new ArrayList<>(
                List.of(python(), script().toString(), whep.toString(), Double.toString(length.toMillis() / 1e3)));
        codec.ifPresent(command::add);
        return seen(JSON.readTree(run(command, length)));
    }

    private static String run(List<String> command, Duration length) {
        try {
            Path errors = Files.createTempFile(Path.of("target"), "aiortc", ".log");
            Process python =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            try (InputStream output = python.getInputStream()) {
                String line = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                if (!python.waitFor(length.plus(PATIENCE).toSeconds(), TimeUnit.SECONDS) || python.exitValue() != 0) {
                    throw new AssertionError("aiortc failed: " + Files.readString(errors));
                }
                return line;
            } finally {
                python.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static Seen seen(JsonNode json) {
        return new Seen(
                json.path("frames").asInt(),
                json.path("width").asInt(),
                json.path("height").asInt(),
                json.path("codecs").valueStream().map(JsonNode::asString).toList(),
                json.path("firstFrameSeconds").asDouble(),
                json.path("numbers").valueStream().map(JsonNode::asLong).toList(),
                json.path("states").valueStream().map(JsonNode::asString).toList());
    }

    private static Path script() {
        Path target = Path.of("target", "aiortc-viewer.py").toAbsolutePath();
        try (InputStream script = AiortcClient.class.getResourceAsStream("aiortc-viewer.py")) {
            Path copy = Files.createTempFile(target.getParent(), "aiortc-viewer", ".py");
            Files.copy(script, copy, StandardCopyOption.REPLACE_EXISTING);
            return Files.move(copy, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Debian's, for which Debian has the package; {@code PYTHON} names another. */
    private static String python() {
        return Optional.ofNullable(System.getenv("PYTHON")).orElse("/usr/bin/python3");
    }
}
