package dev.sightline.source.ffmpeg;

import java.time.Duration;

/**
 * How long to wait for an input.
 *
 * @param open for opening it
 * @param first for its first frame and its second, as long as its rate is unknown
 * @param read for any further frame
 */
public record Limits(Duration open, Duration first, Duration read) {
    /** FFmpeg's own limit of any wait, a fallback for ours, which depend on the operation and can be interrupted. */
    public static final Duration GUARD = Duration.ofSeconds(90);

    /** For files, which answer at once or never. */
    public static final Limits FILE = ofSeconds(10, 10, 10);

    /** For servers and cameras. */
    public static final Limits LIVE = ofSeconds(10, 15, 5);

    private static Limits ofSeconds(int open, int first, int read) {
        return new Limits(Duration.ofSeconds(open), Duration.ofSeconds(first), Duration.ofSeconds(read));
    }
}
