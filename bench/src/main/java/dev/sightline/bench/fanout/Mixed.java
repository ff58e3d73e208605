package dev.sightline.bench.fanout;

import static dev.sightline.bench.Table.number;

import dev.sightline.bench.Server;
import dev.sightline.bench.Table;
import dev.sightline.bench.Target;
import java.time.Duration;

/** Good viewers first alone, then beside one who has stopped reading and one who reads at a quarter of the rate. */
final class Mixed {
    private static final double MAX_BEHIND_MILLIS = 1_000;
    private static final double MAX_GROWTH_MEGABYTES = 8;
    private static final double ALLOWED_FPS_LOSS = 1;

    private final Lab lab;
    private final Options options;

    Mixed(Lab lab) {
        this.lab = lab;
        this.options = lab.options();
    }

    void run() {
        Duration length = options.length().multipliedBy(3);
        try (Server sightline = lab.sightline(options.source())) {
            int rate = lab.fps(sightline, options.source());
            lab.load().good(options.viewers(), sightline.stream());
            lab.measure(sightline, options.warmUp().multipliedBy(2));
            Sample before = lab.measure(sightline, length);
            lab.load().stopped(sightline.stream());
            long quarter = (long) (before.seen().bytesPerFrame() * rate / 4);
            lab.load().slow(quarter, sightline.stream());
            lab.measure(sightline, length);
            Sample beside = lab.measure(sightline, length);
            lab.load().clear();
            print(rate, before, beside);
        }
    }

    private void print(int rate, Sample before, Sample beside) {
        lab.out()
                .println("## " + options.viewers() + " good viewers of " + options.describe(options.source())
                        + ", beside one stopped and one slow\n");
        double fps = rate - ALLOWED_FPS_LOSS;
        double growth = beside.residentMegabytes() - before.residentMegabytes();
        Table table = new Table("", "alone", "beside them", "target");
        String fpsTarget = Target.AT_LEAST.judge(beside.seen().pace().fpsMin(), fps, 1);
        table.row(
                "fps, worst good viewer",
                number(before.seen().pace().fpsMin(), 2),
                number(beside.seen().pace().fpsMin(), 2),
                fpsTarget);
        table.row(
                "fps, p50 of good viewers",
                number(before.seen().pace().fpsP50(), 2),
                number(beside.seen().pace().fpsP50(), 2),
                "");
        table.row(
                "age of good viewers, p50, ms",
                number(before.seen().age().p50(), 1),
                number(beside.seen().age().p50(), 1),
                "");
        table.row(
                "age of good viewers, p99, ms",
                number(before.seen().age().p99(), 1),
                number(beside.seen().age().p99(), 1),
                "");
        table.row(
                "slow viewer's fps",
                "",
                number(beside.seen().slow().frames() / beside.seen().seconds(), 1),
                "");
        table.row("slow viewer's age, p50, ms", "", number(beside.seen().slow().ageP50(), 0), "");
        String behind = Target.AT_MOST.judge(beside.seen().slow().ageMax(), MAX_BEHIND_MILLIS, 0);
        table.row(
                "slow viewer's age, greatest, ms",
                "",
                number(beside.seen().slow().ageMax(), 0),
                behind);
        table.row("server CPU, cores", number(before.cores(), 3), number(beside.cores(), 3), "");
        table.row(
                "resident memory, MB",
                number(before.residentMegabytes(), 1),
                number(beside.residentMegabytes(), 1),
                "");
        table.row("growth, MB", "", number(growth, 1), Target.AT_MOST.judge(growth, MAX_GROWTH_MEGABYTES, 0));
        table.print(lab.out());
    }
}
