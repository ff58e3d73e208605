package dev.sightline.bench.fanout;

import dev.sightline.bench.BenchException;
import dev.sightline.bench.Child;
import dev.sightline.bench.floor.FloorServer;
import dev.sightline.bench.floor.Recording;
import dev.sightline.bench.load.LoadClient;
import dev.sightline.bench.load.Measured;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Where experiments are made: starts servers and load client with the options the launcher uses, and takes samples. */
final class Lab implements AutoCloseable {
    private static final Duration SETTLE = Duration.ofMillis(1_500);
    private static final int RECORDED_PICTURES = 60;
    private static final long START_SECONDS = 60;
    private static final int FIRST_JDK_WITH_THE_FLAG = 23;

    private final Options options;
    private final PrintStream out;
    private final Path folder;
    private final LoadControl load;

    Lab(Options options, PrintStream out) throws IOException {
        this.options = options;
        this.out = out;
        this.folder = Files.createDirectories(options.home().resolve("bench/target/fanout"));
        this.load = new LoadControl(java("load-client", LoadClient.class, List.of("-XX:+UseSerialGC", "-Xmx256m")));
    }

    Options options() {
        return options;
    }

    PrintStream out() {
        return out;
    }

    LoadControl load() {
        return load;
    }

    /** Sightline itself, as the launcher starts it, showing a source at a free port. */
    Server sightline(String source) {
        List<String> command =
                new ArrayList<>(List.of(options.home().resolve("sightline").toString()));
        command.addAll(options.arguments(source));
        Map<String, String> environment =
                Map.of("SIGHTLINE_BUILD", "never", "SIGHTLINE_JAVA_HOME", System.getProperty("java.home"));
        Child child = Child.start("sightline", log("sightline"), environment, command);
        String greeting = child.await(line -> line.contains("Open  http://"), START_SECONDS);
        URI root = URI.create(greeting.substring(greeting.indexOf("http://")));
        Transport transport = options.transport();
        return new Server(
                "Sightline",
                child,
                "sightline-http",
                URI.create(transport.scheme() + "://" + root.getAuthority() + "/live/bench/" + transport.path()));
    }

    /** Pictures a second that a server shows: what its source's address says, else what arrives. */
    int fps(Server server, String source) {
        return Options.fps(source).orElseGet(() ->
                (int) Math.round(sample(server, 1, options.length()).seen().fpsP50()));
    }

    /** The floor, showing what that server shows at present, as often. */
    Server floor(Server sightline, int fps) {
        Path recording = folder.resolve("recording");
        URI stream = sightline.stream();
        String query = stream.getQuery() == null ? "" : "?" + stream.getQuery();
        List<byte[]> pictures = Recorder.record(
                URI.create("ws://" + stream.getAuthority() + "/live/bench/ws" + query), RECORDED_PICTURES);
        write(recording, pictures);
        Child child = java(
                "floor",
                FloorServer.class,
                List.of("@" + options.home().resolve("server/java.args")),
                options.transport().framing(),
                Integer.toString(fps),
                recording.toString());
        String port =
                child.await(line -> line.startsWith("port "), START_SECONDS).substring("port ".length());
        URI address = URI.create(options.transport().scheme() + "://127.0.0.1:" + port + "/");
        return new Server("floor", child, FloorServer.EVENT_LOOPS, address);
    }

    /** The time that Sightline's processors and encoder take for a picture, in milliseconds, as it tells itself. */
    double pipelineMillis(Server sightline) {
        load.good(1, sightline.stream());
        sleep(options.length());
        JsonNode status = sightline.status();
        load.clear();
        return Stream.of("processors", "renditions")
                .flatMap(parts -> status.path(parts).valueStream())
                .mapToDouble(part -> part.path("millis").asDouble())
                .sum();
    }

    /** So many good viewers come, settle, are measured and go. */
    Sample sample(Server server, int viewers, Duration length) {
        load.good(viewers, server.stream());
        Sample sample = measure(server, length);
        load.clear();
        return sample;
    }

    /** Measures with the viewers there are, once they have settled. */
    Sample measure(Server server, Duration length) {
        sleep(SETTLE);
        load.measure(Duration.ZERO);
        long start = System.nanoTime();
        double cpu = server.cpuSeconds();
        double loops = server.eventLoopSeconds();
        double clientCpu = load.cpuSeconds();
        Measured seen = load.measure(length);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (seen.lost() > 0) {
            out.println("! " + seen.lost() + " viewers lost their connection to " + server.name());
        }
        return new Sample(
                seen,
                (server.cpuSeconds() - cpu) / seconds,
                (server.eventLoopSeconds() - loops) / seconds,
                (load.cpuSeconds() - clientCpu) / seconds,
                server.residentMegabytes());
    }

    /** Waits. */
    static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted");
        }
    }

    private Child java(String name, Class<?> program, List<String> jvmOptions, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(jvmOptions);
        if (Runtime.version().feature() >= FIRST_JDK_WITH_THE_FLAG) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return Child.start(name, log(name), Map.of("MALLOC_ARENA_MAX", "2"), command);
    }

    private File log(String name) {
        return folder.resolve(name + ".log").toFile();
    }

    private static void write(Path file, List<byte[]> pictures) {
        try {
            Recording.write(file, pictures);
        } catch (IOException e) {
            throw new BenchException("cannot write " + file, e);
        }
    }

    @Override
    public void close() {
        load.close();
    }
}
