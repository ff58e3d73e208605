package dev.sightline.frame;

/**
 * One picture of a live stream, raw or encoded, with its identity.
 *
 * <p>A picture never travels without its identity: whatever form it has, it can say which picture it is ({@link #seq})
 * and when it was captured ({@link #captureNanos}).
 */
public sealed interface Picture permits Frame, EncodedFrame {

    /** The picture's number at its source: from 1, growing, with gaps where pictures were dropped before this point. */
    long seq();

    /** When the picture was captured, in nanoseconds since the Unix epoch; never decreasing within one stream. */
    long captureNanos();

    /** Width in pixels, at least 1. */
    int width();

    /** Height in pixels, at least 1. */
    int height();
}
