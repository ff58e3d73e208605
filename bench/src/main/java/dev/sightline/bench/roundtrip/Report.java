package dev.sightline.bench.roundtrip;

import static dev.sightline.bench.Table.number;

import dev.sightline.bench.Server;
import dev.sightline.bench.Table;
import dev.sightline.bench.Target;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The figures for people: the median of the rounds where nothing else is said. */
final class Report {
    private static final double MAX_P50_OF_ONE = 4;
    private static final double MAX_P99_OF_MANY = 50;

    private final Options options;
    private final List<Server> servers;
    private final double codecMillis;
    private final List<byte[]> pictures;

    Report(Options options, List<Server> servers, double codecMillis, List<byte[]> pictures) {
        this.options = options;
        this.servers = servers;
        this.codecMillis = codecMillis;
        this.pictures = pictures;
    }

    void print(List<Round> rounds, PrintStream out) {
        out.println("## Round trip of " + Pictures.WIDTH + "x" + Pictures.HEIGHT + " through grayscale over ws, "
                + options.fps() + " pictures a second and sender\n");
        List<String> heads = new ArrayList<>(List.of(""));
        servers.forEach(server -> heads.add(server.name()));
        heads.add("target");
        Table table = new Table(heads.toArray(String[]::new));
        table.row("picture sent, bytes", number(sentBytes(), 0), "", "", "");
        row(
                table,
                "result on the wire, bytes",
                figures(rounds, Round::many, s -> s.seen().answerBytes()),
                0,
                "");
        table.row("OpenCV alone on one thread, ms", "", number(codecMillis, 2), "", "");
        one(table, rounds);
        many(table, rounds);
        table.print(out);
        spread(rounds, out);
    }

    private void one(Table table, List<Round> rounds) {
        List<Double> middle =
                figures(rounds, Round::one, sample -> sample.seen().millis().p50());
        row(table, "1 sender: p50, ms", middle, 1, Target.AT_MOST.judge(middle.get(0), MAX_P50_OF_ONE, 0));
        row(
                table,
                "1 sender: p99, ms",
                figures(rounds, Round::one, sample -> sample.seen().millis().p99()),
                1,
                "");
    }

    private void many(Table table, List<Round> rounds) {
        String who = options.clients() + " senders: ";
        List<Double> late =
                figures(rounds, Round::many, sample -> sample.seen().millis().p99());
        List<Double> missing = all(server -> rounds.stream()
                .mapToDouble(round -> round.many().get(server).seen().unserved()));
        row(
                table,
                who + "p50, ms",
                figures(rounds, Round::many, sample -> sample.seen().millis().p50()),
                1,
                "");
        row(table, who + "p99, ms", late, 1, Target.AT_MOST.judge(late.get(0), MAX_P99_OF_MANY, 0));
        row(table, who + "longest of all rounds, ms", worst(rounds), 1, "");
        row(
                table,
                who + "results a second",
                figures(rounds, Round::many, s -> s.seen().answered() / s.seen().seconds()),
                1,
                "");
        row(table, who + "pictures not served, all rounds", missing, 0, Target.AT_MOST.judge(missing.get(0), 0, 0));
        row(table, who + "CPU a picture, µs", figures(rounds, Round::many, Sample::cpuMicros), 0, "");
        row(table, who + "(load client's CPU, cores)", figures(rounds, Round::many, Sample::clientCores), 3, "");
        row(table, "resident memory, MB", figures(rounds, Round::many, Sample::residentMegabytes), 0, "");
    }

    private void spread(List<Round> rounds, PrintStream out) {
        out.println("Sightline round by round, p50 of 1 sender and p99 of " + options.clients() + ", ms: "
                + String.join(
                        ", ",
                        rounds.stream()
                                .map(round -> number(
                                                round.one()
                                                        .get(0)
                                                        .seen()
                                                        .millis()
                                                        .p50(),
                                                1) + " and "
                                        + number(
                                                round.many()
                                                        .get(0)
                                                        .seen()
                                                        .millis()
                                                        .p99(),
                                                1))
                                .toList())
                + ".\n");
        int lost = rounds.stream()
                .mapToInt(round -> round.many().get(0).seen().lost()
                        + round.one().get(0).seen().lost())
                .sum();
        if (lost > 0) {
            out.println("! " + lost + " senders lost their connection to Sightline\n");
        }
    }

    private List<Double> worst(List<Round> rounds) {
        return IntStream.range(0, servers.size())
                .mapToObj(server -> rounds.stream()
                        .mapToDouble(round ->
                                round.many().get(server).seen().millis().max())
                        .max()
                        .orElse(0))
                .toList();
    }

    private List<Double> all(Function<Integer, DoubleStream> figures) {
        return IntStream.range(0, servers.size())
                .mapToObj(server -> figures.apply(server).sum())
                .toList();
    }

    /** The median of the rounds, for each server. */
    private List<Double> figures(
            List<Round> rounds, Function<Round, List<Sample>> load, ToDoubleFunction<Sample> figure) {
        return IntStream.range(0, servers.size())
                .mapToObj(server -> median(rounds.stream()
                        .map(round -> load.apply(round).get(server))
                        .mapToDouble(figure)))
                .toList();
    }

    private static double median(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private double sentBytes() {
        return pictures.stream().mapToInt(picture -> picture.length).average().orElse(0);
    }

    private static void row(Table table, String name, List<Double> figures, int decimals, String target) {
        List<String> cells = new ArrayList<>(List.of(name));
        figures.forEach(figure -> cells.add(number(figure, decimals)));
        cells.add(target);
        table.row(cells.toArray(String[]::new));
    }
}
