package dev.sightline.bench.fanout;

import static dev.sightline.bench.Table.number;

import dev.sightline.bench.Table;
import dev.sightline.bench.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * Sightline against the floor: rates and ages with so many viewers; processor time for each further picture, from a
 * fifth as many viewers to twice as many, in rounds that take turns; and what the stream costs whoever watches.
 */
final class Comparison {
    private static final double MAX_RATIO = 1.25;
    private static final double MAX_FIXED_CORES = 0.25;
    private static final double MAX_MEGABYTES = 350;
    private static final double ALLOWED_MILLIS = 5;
    private static final double ALLOWED_FPS_LOSS = 1;

    private final Lab lab;
    private final Options options;
    private final int few;
    private final int many;

    Comparison(Lab lab) {
        this.lab = lab;
        this.options = lab.options();
        this.few = Math.max(1, options.viewers() / 5);
        this.many = options.viewers() * 2;
    }

    void run() {
        try (Server sightline = lab.sightline(options.source())) {
            int fps = lab.fps(sightline, options.source());
            try (Server floor = lab.floor(sightline, fps)) {
                compare(new Turns(lab, sightline, floor), fps, sightline);
            }
        }
    }

    private void compare(Turns turns, int fps, Server sightline) {
        lab.out().println("## " + options.viewers() + " viewers of " + options.describe(options.source()) + "\n");
        turns.each(many, options.warmUp());
        double pipeline = lab.pipelineMillis(sightline);
        Pair alone = turns.each(1, options.length());
        Pair crowd = turns.each(options.viewers(), options.length().multipliedBy(2));
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < options.rounds(); i++) {
            rounds.add(new Round(turns.each(few, options.length()), turns.each(many, options.length())));
        }
        print(fps, pipeline, alone, crowd, rounds);
    }

    private void print(int fps, double pipeline, Pair alone, Pair crowd, List<Round> rounds) {
        Table table = new Table("", "Sightline", "floor", "ratio", "target");
        crowd(table, fps, pipeline, alone, crowd);
        processor(table, alone, crowd, rounds);
        table.print(lab.out());
        rounds(rounds);
    }

    private void crowd(Table table, int fps, double pipeline, Pair alone, Pair crowd) {
        Sample mine = crowd.sightline();
        Sample least = crowd.floor();
        double ageLimit = least.seen().ageP50() + pipeline + ALLOWED_MILLIS;
        figure(
                table,
                "pictures delivered a second",
                mine.seen().framesPerSecond(),
                least.seen().framesPerSecond(),
                0,
                "");
        figure(
                table,
                "picture on the wire, bytes",
                mine.seen().bytesPerFrame(),
                least.seen().bytesPerFrame(),
                0,
                "");
        String fpsTarget = Target.AT_LEAST.judge(mine.seen().fpsMin(), fps - ALLOWED_FPS_LOSS, 1);
        figure(table, "fps, worst viewer", mine.seen().fpsMin(), least.seen().fpsMin(), 2, fpsTarget);
        figure(table, "fps, p1 of viewers", mine.seen().fpsP1(), least.seen().fpsP1(), 2, "");
        figure(table, "fps, p50 of viewers", mine.seen().fpsP50(), least.seen().fpsP50(), 2, "");
        figure(
                table,
                "age with 1 viewer, p50, ms",
                alone.sightline().seen().ageP50(),
                alone.floor().seen().ageP50(),
                1,
                "");
        table.row("pipeline's time, ms", number(pipeline, 1), "", "", "");
        String age = Target.AT_MOST.judge(mine.seen().ageP50(), ageLimit, 1);
        figure(table, "age, p50, ms", mine.seen().ageP50(), least.seen().ageP50(), 1, age);
        String worst = Target.AT_MOST.judge(mine.seen().ageP99(), ageLimit + 1_000.0 / fps, 1);
        figure(table, "age, p99, ms", mine.seen().ageP99(), least.seen().ageP99(), 1, worst);
        String memory = Target.AT_MOST.judge(mine.residentMegabytes(), MAX_MEGABYTES, 0);
        figure(table, "resident memory, MB", mine.residentMegabytes(), least.residentMegabytes(), 0, memory);
    }

    private void processor(Table table, Pair alone, Pair crowd, List<Round> rounds) {
        figure(
                table,
                "server CPU, cores",
                crowd.sightline().cores(),
                crowd.floor().cores(),
                3,
                "");
        double mine = Round.median(rounds, Round::sightlineMicros);
        double least = Round.median(rounds, Round::floorMicros);
        double ratio = Round.median(rounds, Round::ratio);
        String marginal = "CPU per further picture (" + few + " to " + many + " viewers), µs";
        table.row(
                marginal,
                number(mine, 1),
                number(least, 1),
                number(ratio, 2),
                Target.AT_MOST.judge(ratio, MAX_RATIO, 2));
        double fixed = alone.sightline().cores() - alone.sightline().seen().framesPerSecond() * mine / 1e6;
        double floorFixed = alone.floor().cores() - alone.floor().seen().framesPerSecond() * least / 1e6;
        String target = Target.AT_MOST.judge(fixed, MAX_FIXED_CORES, 2);
        figure(table, "fixed cost of the stream, cores", fixed, floorFixed, 3, target);
        figure(
                table,
                "(load client's CPU, cores)",
                crowd.sightline().clientCores(),
                crowd.floor().clientCores(),
                3,
                "");
    }

    private static void figure(Table table, String name, double mine, double least, int decimals, String target) {
        table.row(
                name,
                number(mine, decimals),
                number(least, decimals),
                least == 0 ? "" : number(mine / least, 2),
                target);
    }

    private void rounds(List<Round> rounds) {
        lab.out().println("CPU per further picture, round by round (Sightline / floor, µs):");
        for (Round round : rounds) {
            lab.out()
                    .println("  " + number(round.sightlineMicros(), 1) + " / " + number(round.floorMicros(), 1) + " = "
                            + number(round.ratio(), 2));
        }
        lab.out().println();
    }
}
