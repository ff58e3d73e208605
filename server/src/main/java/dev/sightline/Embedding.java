package dev.sightline;

/** Which web pages of other origins may show MJPEG and snapshots. */
public enum Embedding {
    /** All pages. */
    ANY,

    /** Pages of the origins that may use this server. */
    ALLOWED,

    /** No pages. */
    NONE
}
