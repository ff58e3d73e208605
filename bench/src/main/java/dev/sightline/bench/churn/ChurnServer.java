package dev.sightline.bench.churn;

import dev.sightline.bench.AdminToken;
import dev.sightline.bench.Programs;
import dev.sightline.bench.Server;
import dev.sightline.bench.load.Churn;
import dev.sightline.bench.load.Credential;
import dev.sightline.testkit.HttpMjpegServer;
import dev.sightline.testkit.VideoFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** A server that asks for logins and has the streams of {@link Churn}, one of them in a worker. */
record ChurnServer(Server server, Path configuration, Path collections) implements AutoCloseable {
    private static final int CLIP_PICTURES = 300;

    /**
     * Starts one.
     *
     * @param start how, with these arguments
     * @param fps pictures a second of {@code bench}
     */
    static ChurnServer start(Programs programs, Function<List<String>, Server> start, HttpMjpegServer camera, int fps)
            throws IOException {
        Path folder = programs.folder().toAbsolutePath();
        Path collections = folder.resolve("gc.log");
        Files.deleteIfExists(collections);
        // What users and tokens are added is kept there, and nowhere else.
        Path data = Files.createDirectories(
                folder.resolve("data-" + ProcessHandle.current().pid()));
        programs.with("XDG_DATA_HOME", data.toString())
                .with("SIGHTLINE_JAVA_OPTS", "-Xlog:gc:file=" + collections + ":uptime:filecount=0");
        Path file = configuration(folder, camera, fps);
        Server server = start.apply(List.of("--config", file.toString()));
        return new ChurnServer(server.at(Credential.in(server.stream(), AdminToken.TEXT)), file, collections);
    }

    /** All begin to come and go. */
    Churn churn(List<byte[]> pictures, Duration longestStay) throws IOException {
        return new Churn(server.stream(), configuration, pictures, longestStay);
    }

    /** Begins to watch how it is. */
    Sampler sampler() throws IOException {
        return new Sampler(server, collections);
    }

    private static Path configuration(Path folder, HttpMjpegServer camera, int fps) throws IOException {
        Path clip = VideoFiles.pattern(folder.resolve("clip.mp4"), "libopenh264", 640, 480, 30, CLIP_PICTURES);
        return Files.writeString(
                folder.resolve("churn.yml"), """
                webrtc: {port: 0}
                workers: none
                auth: {%s}
                streams:
                  bench: {source: "pattern:640x480@%d"}
                  clip: {source: "%s", on-demand: true}
                  camera: {source: "%s", on-demand: true}
                  phone: {source: "publish:"}
                  mirror: {source: "mirror:", process: [grayscale]}
                  yard: {source: "pattern:320x240@10", process: [motion], worker: cams}
                  edited: {source: "pattern:160x120@5", process: [clock]}
                """.formatted(AdminToken.entry(), fps, clip.getFileName(), camera.url()));
    }

    @Override
    public void close() {
        server.close();
    }
}
