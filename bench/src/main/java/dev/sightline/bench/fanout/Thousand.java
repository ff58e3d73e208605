package dev.sightline.bench.fanout;

import static dev.sightline.bench.Table.number;

import dev.sightline.bench.BenchException;
import dev.sightline.bench.Server;
import dev.sightline.bench.Table;
import dev.sightline.bench.Target;
import dev.sightline.bench.Turns;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A thousand viewers of 20 KB pictures, 15 a second. */
final class Thousand {
    static final int VIEWERS = 1_000;

    private static final String SOURCE = "pattern:640x480@15";
    private static final int PICTURE_BYTES = 20_000;
    private static final double MIN_FPS = 14;
    private static final int PROBED_PICTURES = 4;

    private final Lab lab;

    Thousand(Lab lab) {
        this.lab = lab;
    }

    void run() {
        if (!lab.options().transport().offersRenditions()) {
            throw new BenchException(
                    "the scenario thousand needs a quality of its own, which this transport does not offer");
        }
        try (Server sightline = lab.sightline(SOURCE)) {
            int quality = quality(sightline.stream());
            Server small = sightline.at(URI.create(sightline.stream() + "?quality=" + quality));
            try (Server floor = lab.floor(small, lab.fps(small, SOURCE))) {
                Turns turns = new Turns(List.of(small, floor));
                turns.each(server -> lab.sample(server, VIEWERS, lab.options().warmUp()));
                Duration length = lab.options().length().multipliedBy(2);
                print(quality, turns.each(server -> lab.sample(server, VIEWERS, length)));
            }
        }
    }

    /** The quality at which pictures come nearest to the wanted size. */
    private static int quality(URI stream) {
        int best = 1;
        int low = 1;
        int high = 100;
        long distance = Long.MAX_VALUE;
        while (low <= high) {
            int quality = (low + high) / 2;
            URI address = URI.create("ws://" + stream.getAuthority() + "/live/bench/ws?quality=" + quality);
            List<byte[]> pictures = Recorder.record(address, PROBED_PICTURES);
            int size = pictures.get(pictures.size() - 1).length;
            if (Math.abs(size - PICTURE_BYTES) < distance) {
                distance = Math.abs(size - PICTURE_BYTES);
                best = quality;
            }
            if (size < PICTURE_BYTES) {
                low = quality + 1;
            } else {
                high = quality - 1;
            }
        }
        return best;
    }

    private void print(int quality, List<Sample> samples) {
        lab.out()
                .println("## " + VIEWERS + " viewers of " + lab.options().describe(SOURCE) + ", quality " + quality
                        + "\n");
        Sample mine = samples.get(0);
        Sample least = samples.get(1);
        Table table = new Table("", "Sightline", "floor", "target");
        table.row(
                "picture on the wire, bytes",
                number(mine.seen().bytesPerFrame(), 0),
                number(least.seen().bytesPerFrame(), 0),
                "");
        String target = Target.AT_LEAST.judge(mine.seen().pace().fpsMin(), MIN_FPS, 1);
        table.row(
                "fps, worst viewer",
                number(mine.seen().pace().fpsMin(), 2),
                number(least.seen().pace().fpsMin(), 2),
                target);
        table.row(
                "fps, p50 of viewers",
                number(mine.seen().pace().fpsP50(), 2),
                number(least.seen().pace().fpsP50(), 2),
                "");
        table.row(
                "age, p50, ms",
                number(mine.seen().age().p50(), 1),
                number(least.seen().age().p50(), 1),
                "");
        table.row(
                "age, p99, ms",
                number(mine.seen().age().p99(), 1),
                number(least.seen().age().p99(), 1),
                "");
        table.row("server CPU, cores", number(mine.cores(), 3), number(least.cores(), 3), "");
        table.row("(load client's CPU, cores)", number(mine.clientCores(), 3), number(least.clientCores(), 3), "");
        table.row("resident memory, MB", number(mine.residentMegabytes(), 0), number(least.residentMegabytes(), 0), "");
        table.print(lab.out());
    }
}
