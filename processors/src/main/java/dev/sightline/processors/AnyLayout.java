package dev.sightline.processors;

import dev.sightline.frame.PixelFormat;
import dev.sightline.processor.FrameProcessor;
import java.util.EnumSet;
import java.util.Set;

/** A processor that works on colour and on gray frames alike, so that no frame is converted for it. */
@FunctionalInterface
interface AnyLayout extends FrameProcessor {

    @Override
    default Set<PixelFormat> accepts() {
        return EnumSet.allOf(PixelFormat.class);
    }
}
