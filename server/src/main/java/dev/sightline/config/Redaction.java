package dev.sightline.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Removes values that a configuration took from the environment or from files, since they may be secret; their names take their
 * places. Safe for use by any thread.
 */
public final class Redaction {
    /** Shorter values occur in too many words. */
    private static final int SHORTEST = 4;

    /** Longest first, since one value may be a part of another. */
    private final Map<String, String> names = new ConcurrentSkipListMap<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    public Redaction() {}

    void hide(String value, String name) {
        if (value.strip().length() >= SHORTEST) {
            names.put(value.strip(), name);
            KnownSecrets.add(value, name);
        }
    }

    /** Whether there are no values to remove. */
    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** The text with each value replaced by its name. */
    public String apply(String text) {
        String shown = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            shown = shown.replace(name.getKey(), name.getValue());
        }
        return shown;
    }

    /** The members of a JSON-like value with each text in them as by {@link #apply(String)}. */
    public Map<String, Object> apply(Map<String, Object> members) {
        Map<String, Object> shown = new LinkedHashMap<>(members);
        shown.replaceAll((key, value) -> applied(value));
        return shown;
    }

    private Object applied(Object value) {
        if (value instanceof String text) {
            return apply(text);
        }
        if (value instanceof List<?> items) {
            List<Object> shown = new ArrayList<>(items);
            shown.replaceAll(this::applied);
            return shown;
        }
        if (value instanceof Map<?, ?> members) {
            Map<Object, Object> shown = new LinkedHashMap<>(members);
            shown.replaceAll((key, member) -> applied(member));
            return shown;
        }
        return value;
    }
}
