package dev.sightline.codec;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;

/**
 * Compresses the pictures of one rendition. Two threads take turns: the stream's thread lends a frame to {@link #take},
 * the encoder's own thread then runs {@link #encode}; the caller sees to it that they never overlap.
 */
public interface Encoder extends AutoCloseable {

    /** Copies the picture, scaled to the rendition, into the encoder's own input, and notes its identity. */
    void take(Frame frame);

    /**
     * Compresses what {@link #take} took last.
     *
     * @throws CodecException if the picture cannot be compressed
     */
    EncodedFrame encode();

    /** Frees the native memory. */
    @Override
    void close();
}
