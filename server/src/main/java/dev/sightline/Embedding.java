package dev.sightline;

/** Which web pages of other origins may show MJPEG, snapshots and the player. */
public enum Embedding {
    /** All. */
    ANY,

    /** Those of the origins that may use this server. */
    ALLOWED,

    /** None. */
    NONE
}
