package dev.sightline.config;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Takes out of texts what came into a configuration from the environment or from files: it may be secret, and what people
 * know it by is its name. Safe for use by any thread.
 */
public final class Redaction {
    /** Shorter values are in too many words to be told apart from them. */
    private static final int SHORTEST = 4;

    /** Longest first, since one value may be a part of another. */
    private final Map<String, String> names = new ConcurrentSkipListMap<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /** Takes nothing out. */
    public Redaction() {}

    void hide(String value, String name) {
        if (value.strip().length() >= SHORTEST) {
            names.put(value.strip(), name);
        }
    }

    /** Whether there is nothing to take out. */
    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** The text, with the name of each value in its place. */
    public String apply(String text) {
        String shown = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            shown = shown.replace(name.getKey(), name.getValue());
        }
        return shown;
    }
}
