package dev.sightline.source.pattern;

import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceReader;

/**
 * A test pattern of a size and rate.
 *
 * @param width in pixels
 * @param height in pixels
 * @param fps frames per second
 */
record PatternSource(int width, int height, int fps) implements Source {

    @Override
    public String address() {
        return "pattern:" + width + "x" + height + "@" + fps;
    }

    @Override
    public SourceReader open(Numbering numbering) {
        return new PatternReader(new PatternPainter(width, height, fps), fps, numbering);
    }
}
