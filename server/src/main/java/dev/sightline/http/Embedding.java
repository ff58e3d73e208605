package dev.sightline.http;

/** Which web pages of other origins may show what is {@link Sharing#EMBEDDABLE}. */
public enum Embedding {
    /** All. */
    ANY,

    /** Those of the origins that may use this server. */
    ALLOWED,

    /** None. */
    NONE
}
