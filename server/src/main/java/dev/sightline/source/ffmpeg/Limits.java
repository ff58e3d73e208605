package dev.sightline.source.ffmpeg;

import java.time.Duration;

/**
 * How long to wait before an input is given up.
 *
 * @param open for opening it, and for its first picture
 * @param read for any further picture
 */
public record Limits(Duration open, Duration read) {
    /** For files, which answer at once or never. */
    public static final Limits FILE = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(10));

    /** For servers and cameras. */
    public static final Limits LIVE = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(5));
}
