package dev.sightline.stream;

/** A viewer asked for one rendition more than a stream encodes at the same time. */
public final class RenditionLimitException extends Exception {
    private static final long serialVersionUID = 1;

    RenditionLimitException(String message) {
        super(message);
    }
}
