package dev.sightline.bench.fanout;

import static dev.sightline.bench.Table.number;

import dev.sightline.bench.Table;
import dev.sightline.bench.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

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
        rates(table, fps, crowd);
        ages(table, fps, pipeline, alone, crowd);
        marginal(table, rounds);
        fixed(table, alone, rounds);
        row(table, "server CPU, cores", crowd, Sample::cores, 3, "");
        row(table, "(load client's CPU, cores)", crowd, Sample::clientCores, 3, "");
        String target = Target.AT_MOST.judge(crowd.sightline().residentMegabytes(), MAX_MEGABYTES, 0);
        row(table, "resident memory, MB", crowd, Sample::residentMegabytes, 0, target);
        table.print(lab.out());
        lab.out().println("CPU per further picture, round by round (Sightline / floor, µs):");
        rounds.forEach(round -> lab.out()
                .println("  " + number(round.sightlineMicros(), 1) + " / " + number(round.floorMicros(), 1) + " = "
                        + number(round.ratio(), 2)));
        lab.out().println();
    }

    private static void rates(Table table, int fps, Pair crowd) {
        row(table, "pictures delivered a second", crowd, sample -> sample.seen().framesPerSecond(), 0, "");
        row(table, "picture on the wire, bytes", crowd, sample -> sample.seen().bytesPerFrame(), 0, "");
        String target = Target.AT_LEAST.judge(crowd.sightline().seen().fpsMin(), fps - ALLOWED_FPS_LOSS, 1);
        row(table, "fps, worst viewer", crowd, sample -> sample.seen().fpsMin(), 2, target);
        row(table, "fps, p1 of viewers", crowd, sample -> sample.seen().fpsP1(), 2, "");
        row(table, "fps, p50 of viewers", crowd, sample -> sample.seen().fpsP50(), 2, "");
    }

    private static void ages(Table table, int fps, double pipeline, Pair alone, Pair crowd) {
        double limit = crowd.floor().seen().ageP50() + pipeline + ALLOWED_MILLIS;
        double lateLimit = limit + 1_000.0 / fps;
        table.row("pipeline's time, ms", number(pipeline, 1), "", "", "");
        row(table, "age with 1 viewer, p50, ms", alone, sample -> sample.seen().ageP50(), 1, "");
        String target = Target.AT_MOST.judge(crowd.sightline().seen().ageP50(), limit, 1);
        row(table, "age, p50, ms", crowd, sample -> sample.seen().ageP50(), 1, target);
        String late = Target.AT_MOST.judge(crowd.sightline().seen().ageP99(), lateLimit, 1);
        row(table, "age, p99, ms", crowd, sample -> sample.seen().ageP99(), 1, late);
    }

    private void marginal(Table table, List<Round> rounds) {
        double ratio = Round.median(rounds, Round::ratio);
        table.row(
                "CPU per further picture (" + few + " to " + many + " viewers), µs",
                number(Round.median(rounds, Round::sightlineMicros), 1),
                number(Round.median(rounds, Round::floorMicros), 1),
                number(ratio, 2),
                ratio > 0 ? Target.AT_MOST.judge(ratio, MAX_RATIO, 2) : "too short to tell");
        table.row(
                "of it, event loops, µs",
                number(Round.median(rounds, Round::sightlineLoopMicros), 1),
                number(Round.median(rounds, Round::floorLoopMicros), 1),
                number(Round.median(rounds, round -> round.sightlineLoopMicros() / round.floorLoopMicros()), 2),
                "");
    }

    private static void fixed(Table table, Pair alone, List<Round> rounds) {
        double mine = fixed(alone.sightline(), Round.median(rounds, Round::sightlineMicros));
        double least = fixed(alone.floor(), Round.median(rounds, Round::floorMicros));
        String target = Target.AT_MOST.judge(mine, MAX_FIXED_CORES, 2);
        table.row("fixed cost of the stream, cores", number(mine, 3), number(least, 3), "", target);
    }

    private static double fixed(Sample alone, double microsPerPicture) {
        return alone.cores() - alone.seen().framesPerSecond() * microsPerPicture / 1e6;
    }

    private static void row(
            Table table, String name, Pair pair, ToDoubleFunction<Sample> figure, int decimals, String target) {
        double mine = figure.applyAsDouble(pair.sightline());
        double least = figure.applyAsDouble(pair.floor());
        String ratio = least == 0 ? "" : number(mine / least, 2);
        table.row(name, number(mine, decimals), number(least, decimals), ratio, target);
    }
}
