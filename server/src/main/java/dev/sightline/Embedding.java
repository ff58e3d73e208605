package dev.sightline;

/** Which web pages of other origins may show MJPEG, snapshots and the player. */
public enum Embedding {
    /** All pages. */
    ANY,

    /** Pages of the origins that may use this server. */
    ALLOWED,

    /** No pages. */
    NONE
}
