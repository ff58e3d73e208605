package dev.sightline.processor;

import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import java.util.EnumSet;
import java.util.Set;

/**
 * Code that runs on every frame of a stream.
 *
 * <p>Each instance serves one pipeline: one thread at a time calls it, it may keep state between frames, and it is closed when
 * the pipeline ends. The pipeline asks once, when it is made, what the processor {@linkplain #accepts accepts}, {@linkplain
 * #changesPicture changes} and {@linkplain #required requires}.
 *
 * <p>A processor slower than the source lowers the frame rate; it never adds delay. If it throws, or closes or breaks the frame
 * it was lent, the frame goes on as it was, without this step's metadata, and the failure is counted and shown. A {@link
 * #required} processor withholds the frame instead.
 */
@FunctionalInterface
public interface FrameProcessor extends AutoCloseable {

    /**
     * Looks at or changes one frame. The frame is lent for the time of the call; clone its Mat to keep the pixels.
     *
     * @throws Exception on any failure: the frame then goes on unprocessed, or is withheld if this processor is {@link
     *     #required}
     */
    void process(Frame frame) throws Exception;

    /**
     * The layouts this processor works on; a frame in another layout is converted before the call. A processor that names only
     * {@link PixelFormat#GRAY} turns the frame gray; if it is the first step, frames are decoded as gray.
     */
    default Set<PixelFormat> accepts() {
        return EnumSet.of(PixelFormat.BGR);
    }

    /**
     * Whether this processor may change the frame. Answer false if it only looks, so that viewers can get the source's own
     * encoded frames.
     */
    default boolean changesPicture() {
        return true;
    }

    /**
     * Whether frames that this processor has not processed must never be shown, for example because it hides faces. If it fails
     * or is switched off, frames are withheld and counted, the stream becomes stale, and the reason names this processor.
     */
    default boolean required() {
        return false;
    }

    /** Frees the processor's resources. Called once, by the thread that called {@link #process}. */
    @Override
    default void close() {}
}
