package dev.sightline;

/** What happens to interlaced frames. */
public enum Deinterlace {
    /** Frames flagged as interlaced are deinterlaced; the frame rate stays the same. */
    AUTO,
    /** Interlaced frames are shown as they are, with both fields woven together. */
    OFF
}
