package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.stream.status.ViewerLatency;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What one viewer has reported of the frames on its screen. Safe for use by any thread. */
final class MeasuredLatency {
    /** A viewer may report once in this time. */
    static final Duration PAUSE = Duration.ofSeconds(2);

    @GuardedBy("this")
    private LatencyReport sum = LatencyReport.NONE;

    @GuardedBy("this")
    private Instant reported = Instant.MIN;

    /** When the last report came, used or not. */
    @GuardedBy("this")
    private Instant heard = Instant.MIN;

    /**
     * Takes a report.
     *
     * @param delivered frames that the viewer was given so far; it cannot have seen more
     * @return the report
     * @throws RefusedException if it comes too soon, cannot be read, or cannot be true
     */
    synchronized LatencyReport take(String json, long delivered, Instant now) throws RefusedException {
        if (heard.isAfter(now.minus(PAUSE))) {
            throw new RefusedException(
                    Reason.TOO_MANY, "a viewer reports its latency at most every " + PAUSE.toSeconds() + " s");
        }
        heard = now;
        LatencyReport report = LatencyJson.read(json);
        LatencyReport next = sum.plus(report);
        if (next.frames() > delivered) {
            throw LatencyJson.malformed("it is of more frames than this viewer was sent, " + delivered + " so far");
        }
        sum = next;
        reported = now;
        return report;
    }

    /** What is known; empty before the first report. */
    synchronized Optional<ViewerLatency> status() {
        return sum.frames() == 0 ? Optional.empty() : Optional.of(sum.status(reported));
    }
}
