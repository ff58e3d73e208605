package dev.sightline.source.pattern;

import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.source.Numbering;
import dev.sightline.source.Pacer;
import dev.sightline.source.SourceReader;
import java.util.Optional;

/**
 * Delivers the frames of a pattern at their instants, counted from the opening, so that the rate never drifts. Each is painted
 * ahead of its instant, as a video is decoded ahead, so that painting delays none. Of several overdue frames only the newest is
 * painted, and only painted frames get a number.
 */
final class PatternReader implements SourceReader {
    private final PatternPainter painter;
    private final int fps;
    private final Numbering numbering;
    private final long start = System.nanoTime();
    private long instant;

    PatternReader(PatternPainter painter, int fps, Numbering numbering) {
        this.painter = painter;
        this.fps = fps;
        this.numbering = numbering;
    }

    @Override
    public Optional<Picture> read() throws InterruptedException {
        instant = Math.max(instant + 1, (System.nanoTime() - start) * fps / 1_000_000_000L);
        long due = start + instant * 1_000_000_000L / fps;
        long seq = numbering.next();
        long captureNanos = numbering.clock().ofNanoTime(due);
        Frame painted = new Frame(seq, captureNanos, painter.paint(seq, captureNanos));
        try {
            Pacer.await(due);
        } catch (InterruptedException e) {
            painted.close();
            throw e;
        }
        return Optional.of(painted);
    }

    @Override
    public void close() {
        painter.close();
    }
}
