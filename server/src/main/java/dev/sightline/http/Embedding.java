package dev.sightline.http;

/** Which web pages of other origins may show what is {@link Sharing#EMBEDDABLE}. */
public enum Embedding {
    /** All pages. */
    ANY,

    /** Pages of the origins that may use this server. */
    ALLOWED,

    /** No pages. */
    NONE
}
