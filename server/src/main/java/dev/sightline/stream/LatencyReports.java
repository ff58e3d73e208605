package dev.sightline.stream;

import dev.sightline.refusal.RefusedException;
import java.time.Duration;

/** Takes what viewers measure of the frames on their screens: how old they are, and where that comes from. */
public final class LatencyReports {
    /** The longest text with a report, in characters. */
    public static final int MOST_CHARACTERS = LatencyJson.MOST_CHARACTERS;

    /** A viewer may report once in this time. */
    public static final Duration PAUSE = MeasuredLatency.PAUSE;

    private LatencyReports() {}

    /**
     * Takes a report. Any thread; does not wait.
     *
     * @param key the viewer key of who reports
     * @param json {@code {uncertainty, total, network?, display?}}: of the frames shown since its last report
     * @throws RefusedException if no viewer has that key, it reports too often, or this is no report that can be true
     */
    public static void take(LiveStream stream, String key, String json) throws RefusedException {
        stream.present().report(key, json);
    }
}
