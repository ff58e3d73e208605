package dev.sightline.bench.webrtc;

import static dev.sightline.bench.Table.number;

import dev.sightline.bench.Table;
import dev.sightline.bench.Target;
import dev.sightline.bench.load.Joined;
import dev.sightline.bench.load.PeersSeen;
import java.io.PrintStream;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Prints what was found beside what was wanted. */
final class Report {
    private static final double MAX_SENDING_CORES = 0.25;
    private static final double MAX_ADDED_MILLIS = 10;
    private static final double INTERVAL_MILLIS = 1_000.0 / 30;
    private static final double MAX_BEND = 1.2;
    private static final double MIN_FPS = 29;
    private static final double MAX_JOIN_MILLIS = 500;
    private static final double MAX_LAST_JOIN_MILLIS = 1_000;

    private final Options options;
    private final PrintStream out;

    Report(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** The crowds' tables. */
    void crowds(Measurements found) {
        out.println("## " + options.viewers() + " viewers of " + options.source() + " over WebRTC, " + options.codec()
                + "\n");
        Table table = new Table("", "Sightline", "floor", "target");
        delivery(table, found);
        cost(table, found);
        table.print(out);
        linearity(found);
    }

    /** Those who came within a second. */
    void joins(Joined joined, PeersSeen others) {
        out.println("## " + joined.asked() + " viewers who come within a second, beside " + others.viewers() + "\n");
        Table table = new Table("", "", "target");
        joined(table, joined, true);
        table.row(
                "fps of the others meanwhile, the worst",
                number(others.pace().min(), 2),
                Target.AT_LEAST.judge(others.pace().min(), MIN_FPS, 0));
        table.row(
                "broken pictures of the others",
                number(others.counts().broken(), 0),
                Target.AT_MOST.judge(others.counts().broken(), 0, 0));
        table.print(out);
    }

    /** Those who came within a second of the server's start. */
    void joinsAfterStart(Joined joined) {
        out.println("## " + joined.asked() + " viewers who come within the first second after the server's start\n");
        Table table = new Table("", "", "target");
        joined(table, joined, false);
        table.print(out);
    }

    private static void joined(Table table, Joined joined, boolean warm) {
        table.row(
                "of them play",
                number(joined.playing(), 0),
                Target.AT_LEAST.judge(joined.playing(), joined.asked(), 0));
        table.row("offer to end of DTLS, p50, ms", number(joined.securedP50(), 0), "");
        table.row(
                "offer to first picture, p50, ms",
                number(joined.pictureP50(), 0),
                warm ? Target.AT_MOST.judge(joined.pictureP50(), MAX_JOIN_MILLIS, 0) : "");
        table.row("the same, p99, ms", number(joined.pictureP99(), 0), "");
        table.row(
                "the same, the last, ms",
                number(joined.pictureMax(), 0),
                warm ? Target.AT_MOST.judge(joined.pictureMax(), MAX_LAST_JOIN_MILLIS, 0) : "");
    }

    private static void delivery(Table table, Measurements found) {
        row(table, "Mbit/s a viewer", found, seen(PeersSeen::megabits), 2, "");
        row(table, "packets a second", found, seen(PeersSeen::packetsPerSecond), 0, "");
        row(table, "bytes a packet", found, seen(PeersSeen::bytesPerPacket), 0, "");
        double fps = worstLow(found.mine(), figure -> figure.pace().min());
        row(
                table,
                "fps, worst viewer",
                found,
                seen(figure -> figure.pace().min()),
                2,
                Target.AT_LEAST.judge(fps, MIN_FPS, 0));
        double broken = Round.worst(found.mine(), seen(figure -> figure.counts().broken()));
        row(
                table,
                "broken pictures",
                found,
                seen(figure -> figure.counts().broken()),
                0,
                Target.AT_MOST.judge(broken, 0, 0));
        row(
                table,
                "a picture's packets at one viewer, p99, ms",
                found,
                seen(figure -> figure.rounds().spreadP99()),
                1,
                "");
        row(
                table,
                "a picture's packets at all viewers, p50, ms",
                found,
                seen(figure -> figure.rounds().p50()),
                1,
                "");
        row(table, "the same, p99, ms", found, seen(figure -> figure.rounds().p99()), 1, "");
        row(
                table,
                "the same, at worst, ms",
                found,
                seen(figure -> figure.rounds().max()),
                1,
                "");
        row(
                table,
                "pictures at all viewers within their interval, %",
                found,
                seen(figure -> figure.rounds().inTime() * 100),
                2,
                "");
        row(
                table,
                "capture to last packet read, p50, ms",
                found,
                seen(figure -> figure.age().p50()),
                1,
                "");
        row(table, "the same, p99, ms", found, seen(figure -> figure.age().p99()), 1, "");
        double slowest = Round.worst(found.mine(), round -> round.crowd().sent().sendingMax());
        table.row(
                "a picture's packets sent to all viewers, at worst, ms",
                number(slowest, 1),
                "",
                Target.AT_MOST.judge(slowest, INTERVAL_MILLIS, 1));
        sent(table, "capture to last packet sent, p50, ms", found, Delays::p50, "");
        sent(table, "the same, p99, ms", found, Delays::p99, "");
        sent(table, "the same without encoding, p50, ms", found, Delays::addedP50, "");
        double added = Round.median(found.mine(), round -> round.crowd().sent().addedP99());
        String limit = Target.AT_MOST.judge(added, MAX_ADDED_MILLIS, 1);
        sent(table, "the same without encoding, p99, ms", found, Delays::addedP99, limit);
    }

    /** Only the server knows it, and the floor tells nothing. */
    private static void sent(
            Table table, String name, Measurements found, ToDoubleFunction<Delays> figure, String target) {
        double median = Round.median(
                found.mine(), round -> figure.applyAsDouble(round.crowd().sent()));
        table.row(name, number(median, 1), "", target);
    }

    private static void cost(Table table, Measurements found) {
        ToDoubleFunction<Round> sending = round -> round.crowd().coresBeyond(round.alone());
        double cores = Round.median(found.mine(), sending);
        row(
                table,
                "CPU beyond that of 1 viewer, cores",
                found,
                sending,
                3,
                Target.AT_MOST.judge(cores, MAX_SENDING_CORES, 2));
        row(
                table,
                "the same for each viewer, % of a core",
                found,
                round -> sending.applyAsDouble(round) / (round.crowd().seen().viewers() - 1) * 100,
                3,
                "");
        row(table, "the same for each packet, µs", found, Report::lastMicros, 2, "");
        row(table, "CPU in all, cores", found, round -> round.crowd().cores(), 3, "");
        row(table, "of it, the thread that sends", found, round -> round.crowd().mediaCores(), 3, "");
        row(table, "(load client's CPU, cores)", found, round -> round.crowd().clientCores(), 3, "");
    }

    private void linearity(Measurements found) {
        out.println("CPU of the thread that sends for each packet beyond those of 1 viewer, µs:\n");
        Table table = new Table("viewers", "Sightline", "floor", "target");
        List<Integer> crowds = options.crowds();
        double first = Round.median(found.mine(), round -> round.sendingMicrosPerPacket(0));
        for (int i = 0; i < crowds.size(); i++) {
            int crowd = i;
            double micros = Round.median(found.mine(), round -> round.sendingMicrosPerPacket(crowd));
            table.row(
                    Integer.toString(crowds.get(i)),
                    number(micros, 2),
                    number(Round.median(found.floor(), round -> round.sendingMicrosPerPacket(crowd)), 2),
                    i == 0 ? "" : Target.AT_MOST.judge(micros, first * MAX_BEND, 2));
        }
        table.print(out);
    }

    private static double lastMicros(Round round) {
        return round.microsPerPacket(round.crowds().size() - 1);
    }

    private static ToDoubleFunction<Round> seen(ToDoubleFunction<PeersSeen> figure) {
        return round -> figure.applyAsDouble(round.crowd().seen());
    }

    private static double worstLow(List<Round> rounds, ToDoubleFunction<PeersSeen> figure) {
        return rounds.stream().mapToDouble(seen(figure)).min().orElse(0);
    }

    private static void row(
            Table table, String name, Measurements found, ToDoubleFunction<Round> figure, int decimals, String target) {
        table.row(
                name,
                number(Round.median(found.mine(), figure), decimals),
                number(Round.median(found.floor(), figure), decimals),
                target);
    }
}
