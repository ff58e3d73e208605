package dev.sightline.app;

import dev.sightline.app.configuration.Additions;
import dev.sightline.app.configuration.ConfigFile;
import dev.sightline.app.configuration.ConfigOrigin;
import dev.sightline.app.configuration.SightlineConfig;
import dev.sightline.http.Routes;
import dev.sightline.testkit.Api;
import dev.sightline.testkit.ProgramFiles;
import dev.sightline.worker.WorkerStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** A server of a configuration file that a test edits. */
final class LiveServer implements AutoCloseable {
    private static final String CLASS_PATH = "java.class.path";
    private static final String OF_TESTS = System.getProperty(CLASS_PATH);

    private final Path file;
    private final RunningServer server;
    private final Api api;

    private LiveServer(Path file, RunningServer server) {
        this.file = file;
        this.server = server;
        this.api = new Api(server.address());
    }

    /** Writes the file into the folder, and serves it; in workers runs only what names one. */
    static LiveServer start(Path folder, String text) throws IOException {
        return start(folder, text, config -> config.with(config.workers().withoutShared()));
    }

    /** The same as the program does: what comes over the network runs in the shared worker. */
    static LiveServer startWithWorkers(Path folder, String text) throws IOException {
        return start(folder, text, UnaryOperator.identity());
    }

    private static LiveServer start(Path folder, String text, UnaryOperator<SightlineConfig> flags) throws IOException {
        // That of its workers: they start with a second less of a processor than with the hundred entries of the tests.
        System.setProperty(CLASS_PATH, ProgramFiles.classPath());
        Path file = Files.writeString(folder.resolve("sightline.yml"), text);
        ConfigFile read = ConfigFile.read(file);
        ConfigOrigin origin = new ConfigOrigin(Optional.of(file), flags);
        return new LiveServer(
                file,
                Composition.of(flags.apply(read.config()), read.written(), Additions.none(), origin)
                        .start());
    }

    URI address() {
        return server.address();
    }

    /** Every route's method and path. */
    List<String> routes() {
        return server.addresses();
    }

    /** Every route, with what it needs. */
    List<Routes.Row> rows() {
        return server.rows();
    }

    /** How its workers are. */
    List<WorkerStatus> workers() {
        return server.workers();
    }

    Api api() {
        return api;
    }

    /** Saves the configuration file. */
    void save(String text) throws IOException {
        save(file, text);
    }

    /** Saves a file as many editors do: beside it, then renamed. */
    static void save(Path file, String text) throws IOException {
        Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".tmp"), text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The file's text now. */
    String text() throws IOException {
        return Files.readString(file);
    }

    JsonNode config() {
        return api.json("/api/config");
    }

    /** What is wrong with the file, as JSON. */
    String problems() {
        return config().path("problems").toString();
    }

    /** The names of the streams, in order. */
    String streams() {
        return joined(api.json("/api/streams"));
    }

    /** The names of a stream's steps, in order. */
    String steps(String stream) {
        return joined(api.stream(stream).path("processors"));
    }

    private static String joined(JsonNode named) {
        return String.join(
                " ",
                named.valueStream().map(each -> each.path("name").asString()).toList());
    }

    @Override
    public void close() {
        server.close();
        System.setProperty(CLASS_PATH, OF_TESTS);
    }
}
