package dev.sightline.source.ffmpeg;

import java.time.Duration;

/**
 * How long to wait before an input is given up.
 *
 * @param open for opening it
 * @param first for its first picture, and for its second: nothing is known of its pace yet
 * @param read for any further picture
 */
public record Limits(Duration open, Duration first, Duration read) {
    /** FFmpeg's own limit of any wait, behind ours, which know what is waited for and can be ended at any time. */
    public static final Duration GUARD = Duration.ofSeconds(90);

    /** For files, which answer at once or never. */
    public static final Limits FILE = ofSeconds(10, 10, 10);

    /** For servers and cameras. */
    public static final Limits LIVE = ofSeconds(10, 15, 5);

    private static Limits ofSeconds(int open, int first, int read) {
        return new Limits(Duration.ofSeconds(open), Duration.ofSeconds(first), Duration.ofSeconds(read));
    }
}
