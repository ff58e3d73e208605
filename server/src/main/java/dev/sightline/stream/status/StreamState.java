package dev.sightline.stream.status;

/** Where a live stream stands. */
public enum StreamState {
    /** Its source is closed, because nobody watches an on-demand stream. */
    IDLE,
    /** Its source is being opened for the first time, or has not yet given a picture. */
    STARTING,
    /** Pictures arrive. */
    LIVE,
    /** The source is open, but no new picture came for 2 s or 5 intervals, whichever is longer. */
    STALE,
    /** The source is lost or cannot be opened; it is tried again. */
    OFFLINE,
    /** The source came to its end, and nothing more will come. */
    ENDED;

    /** Whether the pictures that viewers see are of now. */
    public boolean isLive() {
        return this == LIVE;
    }
}
