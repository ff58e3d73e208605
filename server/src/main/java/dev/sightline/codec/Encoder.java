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

    /**
     * What {@link #take} took last, in gray and with its identity; the caller closes it. May run beside {@link #encode}, but
     * not beside {@link #take}.
     *
     * @return empty if nothing was taken, or it is not kept because every encoded picture can be seen on its own
     */
    default Optional<Frame> lastTaken() {
        return Optional.empty();
    }

    /** Makes the picture that is encoded next a keyframe; by any thread. */
    void forceKeyframe();

    /** Frees the native memory. */
    @Override
    void close();
}
