package dev.sightline.pipeline;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Metadata;
import dev.sightline.frame.PixelFormat;
import java.util.function.BiFunction;

/** A frame that a step may need again. */
sealed interface KeptFrame extends AutoCloseable {

    /** The frame's number. */
    long seq();

    /**
     * The frame again, with its metadata; the caller owns it.
     *
     * @param decoder of a single image
     */
    Frame lend(BiFunction<EncodedFrame, PixelFormat, Frame> decoder);

    @Override
    default void close() {}

    /**
     * The source's own image: it is on the heap already, and is decoded when it is needed.
     *
     * @param image what the frame was decoded from
     * @param format the layout of the frame
     * @param metadata of the frame by now
     */
    record Encoded(EncodedFrame image, PixelFormat format, Metadata metadata) implements KeptFrame {
        @Override
        public long seq() {
            return image.seq();
        }

        @Override
        public Frame lend(BiFunction<EncodedFrame, PixelFormat, Frame> decoder) {
            Frame frame = decoder.apply(image.with(Metadata.EMPTY), format);
            frame.metadata().addAll(metadata);
            return frame;
        }
    }

    /**
     * A copy.
     *
     * @param frame owned by this
     */
    record Copied(Frame frame) implements KeptFrame {
        @Override
        public long seq() {
            return frame.seq();
        }

        @Override
        public Frame lend(BiFunction<EncodedFrame, PixelFormat, Frame> decoder) {
            return frame.copy();
        }

        @Override
        public void close() {
            frame.close();
        }
    }
}
