package dev.sightline.bench.flood;

import dev.sightline.bench.BenchCommand;
import dev.sightline.bench.BenchException;
import dev.sightline.bench.Child;
import dev.sightline.bench.Machine;
import dev.sightline.bench.ProcessFacts;
import dev.sightline.bench.Programs;
import dev.sightline.bench.Server;
import dev.sightline.bench.Table;
import dev.sightline.bench.load.Flood;
import dev.sightline.bench.load.FloodClient;
import dev.sightline.bench.load.Flooded;
import dev.sightline.bench.load.LoadClient;
import dev.sightline.bench.load.LoadControl;
import dev.sightline.bench.load.Measured;
import dev.sightline.bench.load.Newcomers;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program behind {@code ./bench/flood}: each flood strikes a server that has just been started and warmed up. Server,
 * good viewers, the viewer at the flood's address and the flood have a process each; the flood's runs only while nobody
 * else wants a core, because on a network it would have cores of its own.
 */
@Command(name = "bench/flood", description = "Measures how others fare while one address floods Sightline.")
public final class FloodBench implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SOURCE = "pattern:640x480@30";
    private static final String FLOOD = "127.0.0.2";
    private static final String GOOD = "127.0.0.3";
    private static final String NEWCOMERS = "127.0.0.4";
    private static final long ANSWER_SECONDS = 60;
    private static final int FILES = 12_000;

    @Mixin
    private Options options = new Options();

    private FloodBench() {}

    /** Exits with 0 whatever was found, and with 2 if it could not be measured. */
    public static void main(String[] arguments) {
        BenchCommand.run(new FloodBench(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        needFiles();
        out.println("Machine: " + Machine.describe() + "\n");
        out.println("## Floods of " + options.length().toSeconds() + " s from " + Flood.CLIENTS
                + " clients of one address, beside " + options.viewers() + " viewers of " + SOURCE + "\n");
        Programs programs = new Programs("flood");
        Table table = Row.table();
        for (List<Flood> floods : options.floods()) {
            String title = floods.size() == 1 ? floods.get(0).title() : "all at once";
            System.err.println("measuring: " + title);
            try {
                measure(programs, title, floods).addTo(table);
            } catch (BenchException | CompletionException e) {
                out.println("! " + title + ": could not be measured: " + e.getMessage());
            }
        }
        out.println();
        table.print(out);
        return 0;
    }

    private Row measure(Programs programs, String title, List<Flood> floods) {
        try (Server sightline = programs.sightline(List.of("bench=" + SOURCE, "mirror=mirror:", "--media-port", "0"));
                LoadControl good = new LoadControl(programs.loadClient(LoadClient.class));
                LoadControl neighbour = new LoadControl(programs.loadClient(LoadClient.class))) {
            URI root = sightline.stream();
            good.good(options.viewers() / 2, stream("ws", root), GOOD);
            good.good(options.viewers() - options.viewers() / 2, stream("mjpeg", root), GOOD);
            neighbour.good(1, stream("ws", root), FLOOD);
            good.measure(options.warmUp());
            Watched quiet = watch(good, neighbour, root, options.length());
            if (quiet.good().viewers() < options.viewers() || quiet.good().frames() == 0) {
                throw new BenchException("only " + quiet.good().viewers() + " viewers were there before it began");
            }
            double megabytes = sightline.residentMegabytes();
            try (Child flood = programs.idleLoadClient(FloodClient.class, arguments(root, floods))) {
                Watched during = watch(good, neighbour, root, options.length());
                Flooded got = JSON.readValue(flood.ask("counts", ANSWER_SECONDS), Flooded.class);
                Child server = sightline.process();
                double peak = server.isAlive() ? ProcessFacts.peakResidentMegabytes(server.pid()) : Double.NaN;
                return new Row(title, quiet, during, got, megabytes, peak);
            }
        }
    }

    private static Watched watch(LoadControl good, LoadControl neighbour, URI root, Duration length) {
        CompletableFuture<Measured> there = CompletableFuture.supplyAsync(() -> good.measure(length));
        CompletableFuture<Measured> beside = CompletableFuture.supplyAsync(() -> neighbour.measure(length));
        Newcomers newcomers = Newcomers.during(length, root, NEWCOMERS);
        return new Watched(there.join(), beside.join(), newcomers);
    }

    private static String[] arguments(URI root, List<Flood> floods) {
        return Stream.concat(Stream.of(root.toString(), FLOOD), floods.stream().map(Flood::name))
                .collect(Collectors.toList())
                .toArray(String[]::new);
    }

    private static URI stream(String transport, URI root) {
        String scheme = transport.equals("ws") ? "ws" : "http";
        return URI.create(scheme + "://" + root.getAuthority() + "/live/bench/" + transport);
    }

    private void needFiles() {
        boolean many = options.floods().stream().anyMatch(floods -> floods.contains(Flood.IDLE));
        long allowed = ProcessFacts.openFilesLimit();
        if (many && allowed < FILES) {
            throw new BenchException("a process may open " + allowed + " files here, and the idle connections need "
                    + FILES + ": run `ulimit -n " + FILES + "` first, or leave them out by --flood");
        }
    }
}
