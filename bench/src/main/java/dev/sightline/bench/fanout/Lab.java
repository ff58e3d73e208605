package dev.sightline.bench.fanout;

import dev.sightline.bench.BenchException;
import dev.sightline.bench.Programs;
import dev.sightline.bench.Server;
import dev.sightline.bench.ThreadTimes;
import dev.sightline.bench.floor.FloorServer;
import dev.sightline.bench.floor.Recording;
import dev.sightline.bench.load.LoadClient;
import dev.sightline.bench.load.LoadControl;
import dev.sightline.bench.load.Measured;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Where experiments are made: starts servers and load client with the options the launcher uses, and takes samples. */
final class Lab implements AutoCloseable {
    /** How long viewers have after they came. */
    static final Duration SETTLE = Duration.ofMillis(1_500);

    /** The same in short turns. */
    static final Duration SLICE_SETTLES = Duration.ofMillis(800);

    private static final int RECORDED_PICTURES = 60;

    private final Options options;
    private final PrintStream out;
    private final Programs programs;
    private final LoadControl load;

    Lab(Options options, PrintStream out) throws IOException {
        this.options = options;
        this.out = out;
        this.programs = new Programs("fanout");
        this.load = new LoadControl(programs.loadClient(LoadClient.class));
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

    /** Sightline itself, as the launcher starts it, showing a source. */
    Server sightline(String source) {
        return watched(programs.sightline(options.arguments(source)));
    }

    /** The same of another checkout. */
    Server sightlineOf(Path checkout, String source) {
        return watched(programs.sightlineOf(checkout, options.arguments(source)));
    }

    private Server watched(Server server) {
        return server.at(options.transport().stream(server.stream().getAuthority()));
    }

    /** Pictures a second that a server shows: what its source's address says, else what arrives. */
    int fps(Server server, String source) {
        return Options.fps(source).orElseGet(() -> (int)
                Math.round(sample(server, 1, options.length()).seen().pace().fpsP50()));
    }

    /** The floor, showing what that server shows at present, as often. */
    Server floor(Server sightline, int fps) {
        Path recording = programs.folder().resolve("recording");
        write(recording, Recorder.record(options.transport().pictures(sightline.stream()), RECORDED_PICTURES));
        Server floor = programs.floor(
                "floor", FloorServer.class, options.transport().framing(), Integer.toString(fps), recording.toString());
        return floor.at(options.transport().stream(floor.stream().getAuthority()));
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
        return sample(server, viewers, SETTLE, length);
    }

    /** The same with a time to settle. */
    Sample sample(Server server, int viewers, Duration settle, Duration length) {
        load.good(viewers, server.stream());
        Sample sample = measure(server, settle, length);
        load.clear();
        return sample;
    }

    /** Measures with the viewers there are, once they have settled. */
    Sample measure(Server server, Duration length) {
        return measure(server, SETTLE, length);
    }

    private Sample measure(Server server, Duration settle, Duration length) {
        sleep(settle);
        load.measure(Duration.ZERO);
        long start = System.nanoTime();
        ThreadTimes serverBefore = server.threadTimes();
        ThreadTimes clientBefore = load.threadTimes();
        Measured seen = load.measure(length);
        ThreadTimes serverAfter = server.threadTimes();
        ThreadTimes clientAfter = load.threadTimes();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (seen.lost() > 0) {
            out.println("! " + seen.lost() + " viewers lost their connection to " + server.name());
        }
        return new Sample(
                seen,
                serverAfter.secondsSince(serverBefore) / seconds,
                serverAfter.secondsSince(serverBefore, server.eventLoops()) / seconds,
                clientAfter.secondsSince(clientBefore) / seconds,
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
