package dev.sightline.http;

/** What web pages of other origins may do with what is at a path, besides those that may do all. */
public enum Sharing {
    /** Nothing, but for following a link to it. */
    OWN,

    /** Show it, as an image or in a frame, without being able to read it: as far as {@link Embedding} says. */
    EMBEDDABLE,

    /** Load it and read it: it is the same for everybody. */
    PUBLIC
}
