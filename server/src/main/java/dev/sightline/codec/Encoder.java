package dev.sightline.codec;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import java.util.Optional;

/**
 * Compresses the frames of one rendition. Two threads take turns: the stream's thread lends a frame to {@link #take}, the
 * encoder's own thread then runs {@link #encode}. The caller makes sure that these never overlap, except that after {@link
 * #begin} an encoder takes a frame while it encodes the one before.
 */
public interface Encoder extends AutoCloseable {

    /** Copies the frame, scaled to the rendition, into the encoder's own input, and notes its identity. */
    void take(Frame frame);

    /**
     * Sets the frame that {@link #take} took last aside for {@link #encode}, so that the next frame may be taken at once, and
     * replaced, while this one is encoded.
     */
    void begin();

    /**
     * Compresses the frame that {@link #begin} set aside, or else the one that {@link #take} took last.
     *
     * @return empty if the frame was left out to hold the rendition's bit rate
     * @throws CodecException if the frame cannot be compressed
     */
    Optional<EncodedFrame> encode();

    /**
     * The frame that {@link #take} took last, in gray and with its identity; the caller closes it. May run during {@link
     * #encode}, but not during {@link #take} or {@link #begin}.
     *
     * @return empty if nothing was taken, or it is not stored because every encoded frame decodes on its own
     */
    default Optional<Frame> lastTaken() {
        return Optional.empty();
    }

    /** The library's name of the encoder, such as {@code libvpx}; call it on the thread that encodes, after it did. */
    String name();

    /** Makes the next encoded frame a keyframe; any thread. */
    void forceKeyframe();

    /**
     * Whether frames come in {@linkplain EncodedFrame#temporalLayer temporal layers} from the next one on, as far as the encoder
     * can; any thread.
     */
    default void useTemporalLayers(boolean use) {}

    /** Frees the native memory. */
    @Override
    void close();
}
