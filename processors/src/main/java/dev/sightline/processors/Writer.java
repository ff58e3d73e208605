package dev.sightline.processors;

import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import dev.sightline.processor.FrameProcessor;
import java.util.Set;
import java.util.function.Function;

/** Writes one line into every frame. */
final class Writer implements FrameProcessor {
    private final Lettering lettering;
    private final Function<Frame, String> text;

    /**
     * Creates a writer.
     *
     * @param text what to write into a frame, in {@link Lettering#drawable} form
     */
    Writer(Lettering lettering, Function<Frame, String> text) {
        this.lettering = lettering;
        this.text = text;
    }

    @Override
    public void process(Frame frame) {
        lettering.write(frame.mat(), text.apply(frame));
    }

    @Override
    public Set<PixelFormat> accepts() {
        return lettering.color().layouts();
    }
}
