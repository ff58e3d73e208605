package dev.sightline.processor;

import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import java.util.EnumSet;
import java.util.Set;

/**
 * Code that runs on every picture of a stream.
 *
 * <p>One instance serves one pipeline: it is called by one thread at a time, may keep state between pictures, and is
 * closed when the pipeline ends. What it {@linkplain #accepts accepts}, {@linkplain #changesPicture changes} and {@linkplain
 * #required requires} is asked once, when the pipeline is made. A processor slower than the source lowers the frame rate; it never adds delay. If it
 * throws, or closes or breaks the picture it was lent, the picture goes on as it was, without the metadata of this step, and
 * the failure is counted and shown; a {@link #required} processor withholds the picture instead.
 */
@FunctionalInterface
public interface FrameProcessor extends AutoCloseable {

    /**
     * Looks at or changes one picture. The frame is lent for the time of the call; clone its Mat to keep it.
     *
     * @throws Exception any failure: the picture then goes on unprocessed, or is withheld where this is {@link #required}
     */
    void process(Frame frame) throws Exception;

    /**
     * The layouts this processor works on; a frame in another layout is converted before the call. A processor that
     * names only {@link PixelFormat#GRAY} turns the picture gray, and one that stands first has it decoded so.
     */
    default Set<PixelFormat> accepts() {
        return EnumSet.of(PixelFormat.BGR);
    }

    /**
     * Whether the picture may be changed. A processor that only looks answers false, so that the source's own encoded
     * pictures can be passed on.
     */
    default boolean changesPicture() {
        return true;
    }

    /**
     * Whether no picture may be shown that this processor has not worked on, as when it hides faces. Where it fails or is
     * switched off, pictures are withheld and counted, the stream becomes stale, and its reason names this processor.
     */
    default boolean required() {
        return false;
    }

    /** Frees what the processor holds. Called once, by the thread that called {@link #process}. */
    @Override
    default void close() {}
}
