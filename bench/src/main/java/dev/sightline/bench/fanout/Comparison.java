package dev.sightline.bench.fanout;

import static dev.sightline.bench.Table.number;

import dev.sightline.bench.Server;
import dev.sightline.bench.Table;
import dev.sightline.bench.Target;
import dev.sightline.bench.Turns;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Sightline against the floor, and where the transport is another against Sightline's own WebSocket: rates and ages with so
 * many viewers; processor time for each further picture, from a fifth as many viewers to twice as many, in rounds that take
 * turns; and what the stream costs whoever watches.
 */
final class Comparison {
    private static final double MAX_RATIO_TO_FLOOR = 1.25;
    private static final double MAX_RATIO_TO_WEBSOCKET = 1.3;
    private static final double MAX_FIXED_CORES = 0.25;
    private static final double MAX_MEGABYTES = 350;
    private static final double ALLOWED_MILLIS = 5;
    private static final double ALLOWED_FPS_LOSS = 1;
    private static final int SLICES = 3;

    private final Lab lab;
    private final Options options;
    private final boolean besideWebSocket;
    private final int few;
    private final int many;

    Comparison(Lab lab) {
        this.lab = lab;
        this.options = lab.options();
        this.besideWebSocket = options.transport() == Transport.SOCKETIO;
        this.few = Math.max(1, options.viewers() / 5);
        this.many = options.viewers() * 2;
    }

    void run() {
        try (Server sightline = lab.sightline(options.source())) {
            int fps = lab.fps(sightline, options.source());
            try (Server floor = lab.floor(sightline, fps)) {
                compare(servers(sightline, floor), fps);
            }
        }
    }

    /** Who is compared: Sightline first, the floor last. */
    private List<Server> servers(Server sightline, Server floor) {
        if (!besideWebSocket) {
            return List.of(sightline, floor);
        }
        Server webSocket =
                sightline.as("its ws", Transport.WS.stream(sightline.stream().getAuthority()));
        return List.of(sightline, webSocket, floor);
    }

    private void compare(List<Server> servers, int fps) {
        lab.out().println("## " + options.viewers() + " viewers of " + options.describe(options.source()) + "\n");
        Turns turns = new Turns(servers);
        turns.each(server -> lab.sample(server, many, options.warmUp()));
        double pipeline = lab.pipelineMillis(servers.get(0));
        List<Sample> alone = turns.each(server -> lab.sample(server, 1, options.length()));
        List<Sample> crowd = turns.each(
                server -> lab.sample(server, options.viewers(), options.length().multipliedBy(2)));
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < options.rounds(); i++) {
            rounds.add(new Round(turns.each(this::slices)));
        }
        print(servers, fps, pipeline, alone, crowd, rounds);
    }

    private List<Slice> slices(Server server) {
        List<Slice> slices = new ArrayList<>();
        Sample before = sliced(server, few);
        for (int i = 0; i < SLICES; i++) {
            Sample crowd = sliced(server, many);
            Sample after = sliced(server, few);
            slices.add(new Slice(before, crowd, after));
            before = after;
        }
        return slices;
    }

    private Sample sliced(Server server, int viewers) {
        return lab.sample(server, viewers, Lab.SLICE_SETTLES, options.slice());
    }

    private void print(
            List<Server> servers,
            int fps,
            double pipeline,
            List<Sample> alone,
            List<Sample> crowd,
            List<Round> rounds) {
        Table table = new Table(heads(servers));
        rates(table, fps, crowd);
        ages(table, fps, pipeline, alone, crowd);
        marginal(table, rounds);
        fixed(table, alone, rounds);
        row(table, "server CPU, cores", crowd, Sample::cores, 3, "");
        row(table, "(load client's CPU, cores)", crowd, Sample::clientCores, 3, "");
        String target = Target.AT_MOST.judge(crowd.get(0).residentMegabytes(), MAX_MEGABYTES, 0);
        row(table, "resident memory, MB", crowd, Sample::residentMegabytes, 0, target);
        table.print(lab.out());
        print(servers, rounds);
    }

    private static String[] heads(List<Server> servers) {
        List<String> heads = new ArrayList<>(List.of(""));
        servers.forEach(server -> heads.add(server.name()));
        servers.stream()
                .skip(1)
                .forEach(server -> heads.add(servers.size() == 2 ? "ratio" : "ratio to " + server.name()));
        heads.add("target");
        return heads.toArray(String[]::new);
    }

    /** How far the figures can be relied on. */
    private void print(List<Server> servers, List<Round> rounds) {
        lab.out().println("CPU per further picture, round by round, µs, and the ratios of the first to the others:\n");
        for (Round round : rounds) {
            lab.out()
                    .println("- " + figures(servers, round::micros) + ": "
                            + String.join(
                                    ", ",
                                    others(servers.size())
                                            .mapToObj(server -> number(round.ratioTo(server), 2))
                                            .toList()));
        }
        lab.out()
                .println("\nHalf of all single slices lie between "
                        + figures(servers, server -> Round.quantile(rounds, server, 0.25)) + " and "
                        + figures(servers, server -> Round.quantile(rounds, server, 0.75)) + ".\n");
    }

    private static String figures(List<Server> servers, IntToDoubleFunction figure) {
        return String.join(
                " / ",
                IntStream.range(0, servers.size())
                        .mapToObj(server -> number(figure.applyAsDouble(server), 1))
                        .toList());
    }

    private static void rates(Table table, int fps, List<Sample> crowd) {
        row(table, "pictures delivered a second", crowd, Sample::framesPerSecond, 0, "");
        row(table, "picture on the wire, bytes", crowd, sample -> sample.seen().bytesPerFrame(), 0, "");
        String target = Target.AT_LEAST.judge(crowd.get(0).seen().pace().fpsMin(), fps - ALLOWED_FPS_LOSS, 1);
        row(table, "fps, worst viewer", crowd, sample -> sample.seen().pace().fpsMin(), 2, target);
        row(table, "fps, p1 of viewers", crowd, sample -> sample.seen().pace().fpsP1(), 2, "");
        row(table, "fps, p50 of viewers", crowd, sample -> sample.seen().pace().fpsP50(), 2, "");
    }

    private static void ages(Table table, int fps, double pipeline, List<Sample> alone, List<Sample> crowd) {
        Sample mine = crowd.get(0);
        double limit = crowd.get(crowd.size() - 1).seen().age().p50() + pipeline + ALLOWED_MILLIS;
        double lateLimit = limit + 1_000.0 / fps;
        List<String> empty = Collections.nCopies(crowd.size() * 2 - 2, "");
        table.row(cells("pipeline's time, ms", List.of(number(pipeline, 1)), empty, ""));
        row(
                table,
                "age with 1 viewer, p50, ms",
                alone,
                sample -> sample.seen().age().p50(),
                1,
                "");
        String target = Target.AT_MOST.judge(mine.seen().age().p50(), limit, 1);
        row(table, "age, p50, ms", crowd, sample -> sample.seen().age().p50(), 1, target);
        String late = Target.AT_MOST.judge(mine.seen().age().p99(), lateLimit, 1);
        row(table, "age, p99, ms", crowd, sample -> sample.seen().age().p99(), 1, late);
    }

    private void marginal(Table table, List<Round> rounds) {
        int servers = rounds.get(0).slices().size();
        double ratio = Round.median(rounds, round -> round.ratioTo(1));
        double limit = besideWebSocket ? MAX_RATIO_TO_WEBSOCKET : MAX_RATIO_TO_FLOOR;
        table.row(cells(
                "CPU per further picture (" + few + " to " + many + " viewers), µs",
                numbers(IntStream.range(0, servers), server -> Round.median(rounds, round -> round.micros(server)), 1),
                numbers(others(servers), server -> Round.median(rounds, round -> round.ratioTo(server)), 2),
                ratio > 0 ? Target.AT_MOST.judge(ratio, limit, 2) : "too short to tell"));
        table.row(cells(
                "of it, event loops, µs",
                numbers(
                        IntStream.range(0, servers),
                        server -> Round.median(rounds, round -> round.loopMicros(server)),
                        1),
                numbers(others(servers), server -> Round.median(rounds, round -> round.loopRatioTo(server)), 2),
                ""));
    }

    private void fixed(Table table, List<Sample> alone, List<Round> rounds) {
        List<Double> fixed = IntStream.range(0, alone.size())
                .mapToObj(server -> fixed(alone.get(server), Round.median(rounds, round -> round.micros(server))))
                .toList();
        table.row(cells(
                "fixed cost of the stream, cores",
                fixed.stream().map(cores -> number(cores, 3)).toList(),
                Collections.nCopies(alone.size() - 1, ""),
                // The limit is of pictures of 640x480.
                besideWebSocket ? "" : Target.AT_MOST.judge(fixed.get(0), MAX_FIXED_CORES, 2)));
    }

    private static double fixed(Sample alone, double microsPerPicture) {
        return alone.cores() - alone.framesPerSecond() * microsPerPicture / 1e6;
    }

    private static void row(
            Table table,
            String name,
            List<Sample> samples,
            ToDoubleFunction<Sample> figure,
            int decimals,
            String target) {
        double mine = figure.applyAsDouble(samples.get(0));
        List<String> ratios = samples.stream()
                .skip(1)
                .mapToDouble(figure)
                .mapToObj(other -> other == 0 ? "" : number(mine / other, 2))
                .toList();
        table.row(cells(
                name,
                samples.stream()
                        .map(sample -> number(figure.applyAsDouble(sample), decimals))
                        .toList(),
                ratios,
                target));
    }

    private static IntStream others(int servers) {
        return IntStream.range(1, servers);
    }

    private static List<String> numbers(IntStream servers, IntToDoubleFunction figure, int decimals) {
        return servers.mapToObj(server -> number(figure.applyAsDouble(server), decimals))
                .toList();
    }

    private static String[] cells(String name, List<String> figures, List<String> ratios, String target) {
        List<String> cells = new ArrayList<>(List.of(name));
        cells.addAll(figures);
        cells.addAll(ratios);
        cells.add(target);
        return cells.toArray(String[]::new);
    }
}
