package dev.sightline.bench.fanout;

import static dev.sightline.bench.Table.number;

import dev.sightline.bench.Server;
import dev.sightline.bench.Table;
import dev.sightline.bench.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory while six viewers read nothing after their first picture, yet say that they live, so that nobody may send them
 * away for silence; beside one good viewer.
 */
final class Stopped {
    private static final int STOPPED = 6;
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final double MAX_GROWTH_MEGABYTES = 8;

    private final Lab lab;
    private final Options options;

    Stopped(Lab lab) {
        this.lab = lab;
        this.options = lab.options();
    }

    void run() {
        List<Double> megabytes = new ArrayList<>();
        try (Server sightline = lab.sightline(options.source())) {
            lab.load().good(1, sightline.stream());
            lab.measure(sightline, options.warmUp().multipliedBy(3));
            Sample before = lab.measure(sightline, options.length());
            for (int i = 0; i < STOPPED; i++) {
                lab.load().stopped(sightline.stream());
            }
            Sample last = before;
            long end = System.nanoTime() + options.stopped().toNanos();
            while (System.nanoTime() < end) {
                last = lab.measure(sightline, EVERY.minus(Lab.SETTLE));
                megabytes.add(last.residentMegabytes());
            }
            int there = sightline.status().path("viewers").asInt();
            lab.load().clear();
            print(before, last, megabytes, there);
        }
    }

    private void print(Sample before, Sample last, List<Double> megabytes, int there) {
        lab.out()
                .println("## " + STOPPED + " viewers of " + options.describe(options.source())
                        + " who have stopped for " + options.stopped().toSeconds() + " s\n");
        double first = megabytes.get(0);
        double most = megabytes.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        Table table = new Table("", "", "target");
        table.row("picture on the wire, bytes", number(before.seen().bytesPerFrame(), 0), "");
        table.row("viewers at the end, the good one included", number(there, 0), "");
        table.row("good viewer's fps at the end", number(last.seen().pace().fpsMin(), 2), "");
        table.row("resident memory before they came, MB", number(before.residentMegabytes(), 1), "");
        table.row("after their first 10 s, MB", number(first, 1), "");
        double growth = last.residentMegabytes() - first;
        table.row("growth from then on, MB", number(growth, 1), Target.AT_MOST.judge(growth, MAX_GROWTH_MEGABYTES, 0));
        table.row("most, MB", number(most, 1), "");
        table.print(lab.out());
        lab.out()
                .println("Every 10 s: "
                        + String.join(
                                " ", megabytes.stream().map(mb -> number(mb, 0)).toList()) + "\n");
    }
}
