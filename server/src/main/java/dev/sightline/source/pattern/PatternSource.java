package dev.sightline.source.pattern;

import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceReader;
import java.util.Optional;

/**
 * A test picture of a size, so many times a second.
 *
 * @param width in pixels
 * @param height in pixels
 * @param fps pictures a second
 */
record PatternSource(int width, int height, int fps) implements Source {

    @Override
    public String address() {
        return "pattern:" + width + "x" + height + "@" + fps;
    }

    @Override
    public Optional<String> absence() {
        return Optional.empty();
    }

    @Override
    public SourceReader open(Numbering numbering) {
        return new PatternReader(new PatternPainter(width, height, fps), fps, numbering);
    }
}
