package dev.sightline.bench.fanout;

import static dev.sightline.bench.Table.number;

import dev.sightline.bench.Server;
import dev.sightline.bench.Table;
import dev.sightline.bench.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Memory with good viewers over a long time, every ten seconds. */
final class Soak {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final int COMPARED = 6;
    private static final double MAX_MEGABYTES = 350;
    private static final double MAX_GROWTH_MEGABYTES = 8;

    private final Lab lab;
    private final Options options;

    Soak(Lab lab) {
        this.lab = lab;
        this.options = lab.options();
    }

    void run() {
        List<Double> megabytes = new ArrayList<>();
        try (Server sightline = lab.sightline(options.source())) {
            lab.load().good(options.viewers(), sightline.stream());
            lab.measure(sightline, options.warmUp());
            long end = System.nanoTime() + options.soak().toNanos();
            while (System.nanoTime() < end) {
                megabytes.add(lab.measure(sightline, EVERY.minus(Lab.SETTLE)).residentMegabytes());
            }
            lab.load().clear();
        }
        print(megabytes);
    }

    private void print(List<Double> megabytes) {
        lab.out()
                .println("## Memory over " + options.soak().toSeconds() + " s with " + options.viewers()
                        + " viewers of " + options.describe(options.source()) + "\n");
        int compared = Math.min(COMPARED, megabytes.size());
        double first = mean(megabytes.subList(0, compared));
        double last = mean(megabytes.subList(megabytes.size() - compared, megabytes.size()));
        double most = megabytes.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        Table table = new Table("resident memory, MB", "", "target");
        table.row("first minute, mean", number(first, 1), "");
        table.row("last minute, mean", number(last, 1), "");
        table.row("growth", number(last - first, 1), Target.AT_MOST.judge(last - first, MAX_GROWTH_MEGABYTES, 0));
        table.row("most", number(most, 1), Target.AT_MOST.judge(most, MAX_MEGABYTES, 0));
        table.print(lab.out());
        lab.out()
                .println("Every 10 s: "
                        + String.join(
                                " ", megabytes.stream().map(mb -> number(mb, 0)).toList()) + "\n");
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
