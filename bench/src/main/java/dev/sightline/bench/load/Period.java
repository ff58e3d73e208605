package dev.sightline.bench.load;

import dev.sightline.frame.CaptureClock;
import java.util.List;

/** What is counted from one moment to another. Used by one thread. */
final class Period {
    private final Ages goodAges = new Ages();
    private final Ages slowAges = new Ages();
    private long startNanos = System.nanoTime();
    private long frames;
    private long bytes;

    void start() {
        goodAges.clear();
        slowAges.clear();
        frames = 0;
        bytes = 0;
        startNanos = System.nanoTime();
    }

    void bytes(Pace pace, int count) {
        if (pace.isGood()) {
            bytes += count;
        }
    }

    void picture(Pace pace, double captureMillis) {
        double age = CaptureClock.toMillis(CaptureClock.system().nanos()) - captureMillis;
        if (pace.isGood()) {
            frames++;
            goodAges.add(age);
        } else {
            slowAges.add(age);
        }
    }

    /** What has come since the start. */
    Measured end(List<Viewer> viewers, int lost) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        double[] fps = viewers.stream()
                .filter(viewer -> viewer.pace().isGood())
                .mapToDouble(viewer -> viewer.frames() / seconds)
                .sorted()
                .toArray();
        return new Measured(
                fps.length,
                lost,
                seconds,
                frames,
                bytes,
                new Measured.Pace(at(fps, 0), at(fps, 0.01), at(fps, 0.5), longestGapMillis(viewers)),
                new Age(goodAges.quantile(0.5), goodAges.quantile(0.99)),
                new Measured.Slow(slowAges.total(), slowAges.quantile(0.5), slowAges.quantile(1)));
    }

    private static double longestGapMillis(List<Viewer> viewers) {
        return viewers.stream()
                        .filter(viewer -> viewer.pace().isGood())
                        .mapToLong(Viewer::gapNanos)
                        .max()
                        .orElse(0)
                / 1e6;
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))];
    }
}
