package dev.sightline;

/** What becomes of interlaced frames. */
public enum Deinterlace {
    /** Those that are flagged so are deinterlaced; the frame rate stays. */
    AUTO,
    /** They are shown as they are, both fields woven into each other. */
    OFF
}
