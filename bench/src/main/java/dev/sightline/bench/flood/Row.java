package dev.sightline.bench.flood;

import static dev.sightline.bench.Table.number;

import dev.sightline.bench.Table;
import dev.sightline.bench.load.Flooded;
import dev.sightline.bench.load.Newcomers;
import java.util.ArrayList;
import java.util.List;

/**
 * What one flood did.
 *
 * @param title the flood
 * @param quiet before it
 * @param during while it went on
 * @param got what it got through
 * @param megabytes the server's resident memory before it
 * @param peakMegabytes the most it held since its start; NaN if the flood has ended it
 */
record Row(String title, Watched quiet, Watched during, Flooded got, double megabytes, double peakMegabytes) {
    private static final double LEAST_FPS_RATIO = 0.9;
    private static final double MOST_MILLIS = 1_000;

    static Table table() {
        return new Table(
                "flood",
                "fps of good viewers",
                "their worst gap, ms",
                "of them lost",
                "viewer at its address, fps",
                "newcomer's /health, ms",
                "newcomer's picture, ms",
                "memory, MB",
                "got through",
                "refused",
                "closed",
                "target");
    }

    void addTo(Table table) {
        table.row(
                title,
                ratio(fps(during), fps(quiet), 1),
                during.good().viewers() == 0
                        ? ""
                        : ratio(
                                during.good().pace().gapMax(),
                                quiet.good().pace().gapMax(),
                                0),
                number(during.good().lost(), 0),
                keptSession() ? number(during.neighbour().pace().fpsMin(), 1) : "lost",
                times(during.newcomers().health()),
                times(during.newcomers().picture()),
                number(megabytes, 0) + " to " + (hasEnded() ? "its end" : number(peakMegabytes, 0)),
                number(got.taken(), 0),
                number(got.refused(), 0),
                number(got.closed(), 0),
                verdict());
    }

    /** Of a viewer who was there at the beginning, in the mean: who is lost has none from then on. */
    private double fps(Watched watched) {
        return watched.good().framesPerSecond() / quiet.good().viewers();
    }

    private boolean keptSession() {
        return during.neighbour().lost() == 0;
    }

    private boolean hasEnded() {
        return Double.isNaN(peakMegabytes);
    }

    private String verdict() {
        List<String> missed = new ArrayList<>();
        if (hasEnded()) {
            missed.add("the server has ended");
        }
        if (fps(during) < LEAST_FPS_RATIO * fps(quiet)) {
            missed.add("fps");
        }
        if (!keptSession()) {
            missed.add("session");
        }
        if (Newcomers.worst(during.newcomers().health()) > MOST_MILLIS
                || Newcomers.worst(during.newcomers().picture()) > MOST_MILLIS) {
            missed.add("newcomers");
        }
        return missed.isEmpty() ? "PASS" : "MISS: " + String.join(", ", missed);
    }

    private static String ratio(double value, double before, int decimals) {
        return number(value / before, 2) + " x " + number(before, decimals);
    }

    private static String times(double[] sorted) {
        return time(Newcomers.median(sorted)) + ", " + time(Newcomers.worst(sorted));
    }

    private static String time(double millis) {
        return Double.isInfinite(millis) ? "never" : number(millis, 0);
    }
}
