package dev.sightline.bench.fanout;

import dev.sightline.bench.Paired;
import dev.sightline.bench.Server;
import dev.sightline.bench.Turns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This Sightline against another one, in short turns. */
final class Beside {
    private final Lab lab;
    private final Path other;

    Beside(Lab lab, Path other) {
        this.lab = lab;
        this.other = other;
    }

    void run() {
        Options options = lab.options();
        lab.out().println("## " + options.viewers() + " viewers of " + options.describe(options.source()) + "\n");
        try (Server mine = lab.sightline(options.source());
                Server theirs = lab.sightlineOf(other, options.source())) {
            Turns turns = new Turns(List.of(mine, theirs));
            turns.each(server -> lab.sample(server, options.viewers(), options.warmUp()));
            List<List<Sample>> pairs = new ArrayList<>();
            for (int i = 0; i < options.rounds(); i++) {
                pairs.add(turns.each(
                        server -> lab.sample(server, options.viewers(), Lab.SLICE_SETTLES, options.slice())));
            }
            new Paired<>(pairs)
                    .row("server CPU, cores", Sample::cores)
                    .row("of it, event loops", Sample::loopCores)
                    .row("age, p50, ms", sample -> sample.seen().age().p50())
                    .row("age, p99, ms", sample -> sample.seen().age().p99())
                    .row("resident memory, MB", Sample::residentMegabytes)
                    .print(lab.out());
        }
    }
}
