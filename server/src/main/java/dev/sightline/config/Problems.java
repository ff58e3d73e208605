package dev.sightline.config;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with a configuration, so that it can be said at once. Used by one thread. */
public final class Problems {
    private final List<String> found = new ArrayList<>();

    /** Nothing wrong yet. */
    public Problems() {}

    /** Something is wrong at a place; the message says what, and what to do. */
    public void add(Place place, String message) {
        found.add(place + ": " + message);
    }

    /** Something is wrong with what code described, which has no place; the message says what, and what to do. */
    public void add(String message) {
        found.add(message);
    }

    /** What was found, in order. */
    public List<String> found() {
        return List.copyOf(found);
    }

    /**
     * Ends here if anything was found.
     *
     * @throws ConfigException with all of it
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigException(String.join(System.lineSeparator(), found));
        }
    }
}
