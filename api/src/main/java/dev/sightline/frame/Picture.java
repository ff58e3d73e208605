package dev.sightline.frame;

/**
 * One frame of a live stream, raw or encoded, with its identity.
 *
 * <p>A frame never travels without its identity: in every form it knows its number ({@link #seq}) and when it was captured
 * ({@link #captureNanos}).
 */
public sealed interface Picture permits Frame, EncodedFrame {

    /** The frame's number at its source: from 1, increasing, with gaps where frames were dropped before this point. */
    long seq();

    /** When the frame was captured, in nanoseconds since the Unix epoch; never decreases within one stream. */
    long captureNanos();

    /** Width in pixels, at least 1. */
    int width();

    /** Height in pixels, at least 1. */
    int height();
}
