package dev.sightline.processors;

import dev.sightline.frame.PixelFormat;
import dev.sightline.processor.FrameProcessor;
import java.util.EnumSet;
import java.util.Set;

/** A processor that accepts only gray frames: as the first step, frames are decoded as gray. */
@FunctionalInterface
interface GrayOnly extends FrameProcessor {

    @Override
    default Set<PixelFormat> accepts() {
        return EnumSet.of(PixelFormat.GRAY);
    }
}
