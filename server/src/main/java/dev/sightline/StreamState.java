package dev.sightline;

/** The state of a live stream. */
public enum StreamState {
    /** The source is closed, because nobody watches an on-demand stream. */
    IDLE,
    /** The source is being opened for the first time, or has not given a frame yet. */
    STARTING,
    /** Frames arrive. */
    LIVE,
    /** The source is open, but no new frame came for 2 s or 5 frame intervals, whichever is longer. */
    STALE,
    /** The source is lost or cannot be opened; it is retried. */
    OFFLINE,
    /** The source has ended; nothing more will come. */
    ENDED
}
