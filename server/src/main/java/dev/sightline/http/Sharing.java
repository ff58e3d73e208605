package dev.sightline.http;

/** What web pages of other origins may do with a path, besides pages with full access. */
public enum Sharing {
    /** Nothing, except for following a link to it. */
    OWN,

    /** Show it, as an image or in a frame, without being able to read it, as far as {@link Embedding} permits. */
    EMBEDDABLE,

    /** Load and read it: it is the same for all. */
    PUBLIC
}
