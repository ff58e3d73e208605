package dev.sightline.codec;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import java.util.Optional;

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
     * @return empty if the picture was left out to hold the rendition's rate
     * @throws CodecException if the picture cannot be compressed
     */
    Optional<EncodedFrame> encode();

    /** Makes the picture that is encoded next a keyframe; by any thread. */
    void forceKeyframe();

    /** Frees the native memory. */
    @Override
    void close();
}
