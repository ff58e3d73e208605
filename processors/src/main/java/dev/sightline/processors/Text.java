package dev.sightline.processors;

import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.Parameter;

/** The processor {@code text}: writes a line into the frame. */
public final class Text extends BuiltIn<Text.Parameters> {

    /**
     * The parameters of {@code text}.
     *
     * @param text what to write
     * @param position where
     * @param size height of a capital letter, as a fraction of the frame's height
     * @param color of the letters
     */
    public record Parameters(
            @Parameter("What to write; accents are left out, as the font has only ASCII.")
            String text,

            @Parameter(value = "Where in the picture.", byDefault = "bottom-left")
            Position position,

            @Parameter(
                    value = "Height of a capital letter, as a fraction of the picture's height.",
                    byDefault = "0.05",
                    min = 0.01,
                    max = 0.5)
            double size,

            @Parameter(value = "Colour of the letters: a name or six hexadecimal digits.", byDefault = "white")
            String color) {

        /** Refuses a text that cannot be drawn and an unknown colour. */
        public Parameters {
            Lettering.drawable(text);
            Color.of(color);
        }
    }

    /** The factory, for ServiceLoader. */
    public Text() {
        super("text", "Writes a line of text into the picture.", Parameters.class);
    }

    @Override
    FrameProcessor make(Parameters parameters) {
        String text = Lettering.drawable(parameters.text());
        Lettering lettering = new Lettering(parameters.position(), Color.of(parameters.color()), parameters.size());
        return new Writer(lettering, frame -> text);
    }
}
