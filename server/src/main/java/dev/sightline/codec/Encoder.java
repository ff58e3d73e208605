package dev.sightline.codec;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import java.util.Optional;

/**
 * Compresses the pictures of one rendition. Two threads take turns: the stream's thread lends a frame to {@link #take},
 * the encoder's own thread then runs {@link #encode}. The caller sees to it that these never overlap, except that an
 * encoder of video takes a picture while it encodes the one before, after {@link #begin}.
 */
public interface Encoder extends AutoCloseable {

    /** Copies the picture, scaled to the rendition, into the encoder's own input, and notes its identity. */
    void take(Frame frame);

    /**
     * Puts what {@link #take} took last aside for {@link #encode}, so that the next picture may be taken at once, and another
     * in its place, while this one is encoded.
     *
     * @throws UnsupportedOperationException if it compresses single pictures: it has room for the one alone
     */
    default void begin() {
        throw new UnsupportedOperationException("there is room for one picture");
    }

    /**
     * Compresses what {@link #begin} put aside, or else what {@link #take} took last.
     *
     * @return empty if the picture was left out to hold the rendition's rate
     * @throws CodecException if the picture cannot be compressed
     */
    Optional<EncodedFrame> encode();

    /**
     * What {@link #take} took last, in gray and with its identity; the caller closes it. May run beside {@link #encode}, but
     * not beside {@link #take} or {@link #begin}.
     *
     * @return empty if nothing was taken, or it is not kept because every encoded picture can be seen on its own
     */
    default Optional<Frame> lastTaken() {
        return Optional.empty();
    }

    /** What it encodes by, as its makers call it, such as {@code libvpx}; by the thread that encodes, once it did. */
    String name();

    /** Makes the picture that is encoded next a keyframe; by any thread. */
    void forceKeyframe();

    /** Frees the native memory. */
    @Override
    void close();
}
