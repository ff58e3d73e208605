package dev.sightline.stream;

/** When a stream is active, and for whom. */
enum Activation {
    /** From its start on, for all viewers. */
    ALWAYS,
    /** While somebody watches, and for 10 s after. */
    ON_DEMAND,
    /** For one sender: it shows no slates, and the stream's own thread encodes. */
    PRIVATE
}
