package dev.sightline.processors;

import dev.sightline.frame.PixelFormat;
import dev.sightline.processor.FrameProcessor;
import java.util.EnumSet;
import java.util.Set;

/** A processor that works on gray pictures alone: standing first, it has them decoded so. */
@FunctionalInterface
interface GrayOnly extends FrameProcessor {

    @Override
    default Set<PixelFormat> accepts() {
        return EnumSet.of(PixelFormat.GRAY);
    }
}
