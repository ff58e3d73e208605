package dev.sightline.bench.control;

import dev.sightline.bench.BenchCommand;
import dev.sightline.bench.BenchException;
import dev.sightline.bench.Machine;
import dev.sightline.bench.Programs;
import dev.sightline.bench.Server;
import dev.sightline.bench.Table;
import dev.sightline.bench.Target;
import dev.sightline.bench.ThreadTimes;
import dev.sightline.bench.load.LoadClient;
import dev.sightline.bench.load.LoadControl;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The program behind {@code ./bench/control}: changes a parameter by the API and by saving the file, saves a processor's file, and
 * changes one line of a file with 200 streams, beside viewers.
 */
@Command(name = "bench/control", description = "How soon a change of the configuration is seen, and what it costs.")
public final class ControlBench implements Callable<Integer> {
    private static final String CONFIG = """
            processors: [./Version.java]
            streams:
              bench: {source: 'pattern:640x480@30', process: [version: {version: v0}]}
            """;

    private static final String PROCESSOR = """
            import dev.sightline.frame.Frame;
            import dev.sightline.processor.FrameProcessor;
            import dev.sightline.processor.Parameter;
            import dev.sightline.processor.ProcessorFactory;

            public final class Version implements ProcessorFactory<Version.Parameters> {
                static final String CODE = "CODE";
                public record Parameters(@Parameter("What is shown.") String version) {}
                public String name() { return "version"; }
                public String description() { return "Puts a version into the metadata."; }
                public Class<Parameters> parameters() { return Parameters.class; }
                public FrameProcessor create(Parameters parameters) {
                    String version = CODE.length() > 4 ? CODE : parameters.version();
                    return frame -> frame.metadata().put("version", version);
                }
            }
            """;

    private static final int STREAMS = 200;
    private static final int READS = 1_000;
    private static final double FRAME_MILLIS = 1_000 / 30.0;

    @Option(names = "--changes", paramLabel = "N", description = "Changes of each kind (${DEFAULT-VALUE}).")
    private int changes = 200;

    @Option(names = "--viewers", paramLabel = "N", description = "Viewers besides (${DEFAULT-VALUE}).")
    private int viewers = 100;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Table table = new Table("what", "p50", "p99", "worst", "target");

    /** Takes the arguments of {@code ./bench/control}. */
    public static void main(String... arguments) {
        BenchCommand.run(new ControlBench(), arguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        System.out.println("Machine: " + Machine.describe() + "\n");
        Programs programs = new Programs("control");
        Path file = Files.writeString(programs.folder().resolve("sightline.yml"), CONFIG);
        Files.writeString(programs.folder().resolve("Version.java"), PROCESSOR);
        try (Server server = programs.sightline(List.of("--config", file.toString()));
                Watcher watcher = new Watcher(client, server.stream(), "bench");
                LoadControl others = new LoadControl(programs.idleLoadClient(LoadClient.class))) {
            others.good(viewers, URI.create("ws://" + server.stream().getAuthority() + "/live/bench/ws"));
            watcher.await("v0");
            byApi(server, watcher, Math.max(20, changes / 4), "w"); // compilers first
            table.row("beside " + viewers + " viewers, 640x480@30, in ms", "", "", "", "");
            byApi(server, watcher, changes, "a");
            reads(server, 3 * READS); // compilers first
            row("reading /api/streams and a pipeline, " + READS + " times", reads(server, READS), 10);
            bySaving(file, watcher);
            byCode(programs.folder().resolve("Version.java"), watcher);
        }
        manyStreams(programs);
        table.print(System.out);
        return 0;
    }

    /** Of each change: until the answer, and until the first frame with it; and how many frames came after the answer without it. */
    private void byApi(Server server, Watcher watcher, int count, String prefix)
            throws IOException, InterruptedException {
        List<Double> answers = new ArrayList<>();
        List<Double> frames = new ArrayList<>();
        int late = 0;
        for (int i = 0; i < count; i++) {
            String version = prefix + i;
            watcher.seen().clear();
            long begin = System.nanoTime();
            send(server, "PATCH", "/api/streams/bench/process/version", "{\"version\": \"" + version + "\"}");
            long answered = System.nanoTime();
            Watcher.Seen first = watcher.await(version);
            answers.add((answered - begin) / 1e6);
            frames.add((first.nanos() - begin) / 1e6);
            late += first.nanos() - answered > 2 * FRAME_MILLIS * 1e6 ? 1 : 0;
        }
        if (prefix.equals("a")) {
            row("a parameter by API: answer, which the next frame shows", answers, 0);
            row("the same: first frame at the viewer", frames, 0);
            table.row(
                    "changes whose frame came more than two intervals after the answer",
                    late + " of " + count,
                    "",
                    "",
                    "");
        }
    }

    private List<Double> reads(Server server, int count) throws IOException, InterruptedException {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            send(server, "GET", i % 2 == 0 ? "/api/streams" : "/api/streams/bench/process", "");
            times.add((System.nanoTime() - begin) / 1e6);
        }
        return times;
    }

    private void bySaving(Path file, Watcher watcher) throws IOException {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < changes / 4; i++) {
            long begin = System.nanoTime();
            save(file, CONFIG.replace("v0", "f" + i));
            times.add((watcher.await("f" + i).nanos() - begin) / 1e6);
        }
        row("the file saved: first frame at the viewer", times, 300 + FRAME_MILLIS);
    }

    private void byCode(Path file, Watcher watcher) throws IOException {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < changes / 8; i++) {
            String version = "code" + System.nanoTime();
            long begin = System.nanoTime();
            save(file, PROCESSOR.replace("\"CODE\"", "\"" + version + "\""));
            times.add((watcher.await(version).nanos() - begin) / 1e6);
        }
        row("a processor's Java file saved: first frame at the viewer", times, 1_000);
    }

    /** One line of a file with many streams: what its judgement and the comparison cost. */
    private void manyStreams(Programs programs) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder("workers: none\nstreams:\n");
        for (int i = 0; i < STREAMS; i++) {
            text.append("  s").append(i).append(": {source: 'publish:', process: [motion: {threshold: 30}, clock]}\n");
        }
        String before = text.toString();
        Path file = Files.writeString(programs.folder().resolve("many.yml"), before);
        List<Double> seconds = new ArrayList<>();
        try (Server server = programs.sightline(List.of("--config", file.toString()))) {
            long revision = revision(server);
            for (int i = 0; i < changes / 8; i++) {
                ThreadTimes times = server.threadTimes();
                save(file, before.replaceFirst("threshold: 30", "threshold: " + (31 + i % 60)));
                while (revision(server) == revision) {
                    Thread.sleep(10);
                }
                revision++;
                seconds.add(server.threadTimes().secondsSince(times, "sightline-confi") * 1_000);
            }
        }
        row("one line of " + STREAMS + " streams saved: processor time, in ms", seconds, 1_000);
    }

    private long revision(Server server) {
        return server.told("/api/config").path("revision").asLong();
    }

    private void row(String what, List<Double> values, double limit) {
        List<Double> sorted = values.stream().sorted().toList();
        double p99 = sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
        table.row(
                what,
                Table.number(sorted.get(sorted.size() / 2), 1),
                Table.number(p99, 1),
                Table.number(sorted.get(sorted.size() - 1), 1),
                limit == 0 ? "" : Target.AT_MOST.judge(p99, limit, 0));
    }

    private static void save(Path file, String text) throws IOException {
        Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".tmp"), text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void send(Server server, String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + server.stream().getAuthority() + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new BenchException(
                    method + " " + path + " was answered " + answer.statusCode() + ": " + answer.body());
        }
    }
}
