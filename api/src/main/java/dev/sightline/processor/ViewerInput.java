package dev.sightline.processor;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a viewer sends to the processors of a stream. Immutable.
 *
 * @param name what it is, for example {@code click}
 * @param seq the number of the frame that the viewer saw; 0 if it names none
 * @param values the rest, by key: a String, Boolean or finite Number each. The server takes at most 16, with keys of up to 64 and
 *     texts of up to 200 characters, and {@code x} and {@code y} only from 0 to 1.
 */
public record ViewerInput(String name, long seq, Map<String, Object> values) {

    /** Copies the values. */
    public ViewerInput {
        values = Map.copyOf(values);
    }

    /**
     * The place in the delivered picture, as a fraction of its width from the left. If a later step crops, flips or rotates
     * frames, it is not the place in the frame that the processor works on.
     *
     * @throws IllegalArgumentException if the input has no {@code x}
     */
    public double x() {
        return needed("x");
    }

    /**
     * The same as a fraction of its height from the top.
     *
     * @throws IllegalArgumentException if the input has no {@code y}
     */
    public double y() {
        return needed("y");
    }

    /** The number of that key; empty if there is none. */
    public OptionalDouble number(String key) {
        return values.get(key) instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    /** The text of that key; empty if there is none. */
    public Optional<String> text(String key) {
        return values.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** Whether the value of that key is {@code true}. */
    public boolean isTrue(String key) {
        return Boolean.TRUE.equals(values.get(key));
    }

    private double needed(String key) {
        return number(key)
                .orElseThrow(() -> new IllegalArgumentException("the input '" + name + "' has no number " + key));
    }
}
