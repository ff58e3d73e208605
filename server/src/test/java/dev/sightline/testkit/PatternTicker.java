package dev.sightline.testkit;

import dev.sightline.frame.CaptureClock;
import dev.sightline.source.Pacer;
import dev.sightline.source.pattern.PatternPainter;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Paints the pattern for one viewer of a test server; all viewers of a server see the same number at the same time,
 * counted from when the server was first started. One that is less than a second late leaves no number out. Used by one
 * thread.
 */
final class PatternTicker implements AutoCloseable {
    private final PatternPainter painter;
    private final int fps;
    private final long start;
    private long number;

    /**
     * A ticker.
     *
     * @param start when number 0 was, as {@link System#nanoTime}
     */
    PatternTicker(int width, int height, int fps, long start) {
        this.painter = new PatternPainter(width, height, fps);
        this.fps = fps;
        this.start = start;
    }

    /** Waits for the next picture's instant and paints it; the caller closes it. */
    Mat next() throws InterruptedException {
        long present = (System.nanoTime() - start) * fps / 1_000_000_000L;
        number = number == 0 || present - number > fps ? Math.max(1, present) : number + 1;
        Pacer.await(start + number * 1_000_000_000L / fps);
        return painter.paint(number, CaptureClock.system().nanos());
    }

    /** The number of the picture that {@link #next} gave last. */
    long number() {
        return number;
    }

    @Override
    public void close() {
        painter.close();
    }
}
