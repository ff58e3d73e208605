package dev.sightline.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects everything that is wrong with a configuration, so that it can be said at once. Used by one thread. */
public final class Problems {
    private final Set<Problem> found = new LinkedHashSet<>();
    private final Redaction redaction = new Redaction();

    /** Nothing wrong yet. */
    public Problems() {}

    /** Something is wrong at a place; the message says what, and what to do. The same said twice is one problem. */
    public void add(Place place, String message) {
        found.add(new Problem(place, redaction.apply(message)));
    }

    /** Something is wrong with what code described, which has no place; the message says what, and what to do. */
    public void add(String message) {
        add(Place.NOWHERE, message);
    }

    /** What was found, by its place. */
    public List<String> found() {
        List<Problem> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt((Problem problem) -> problem.place().line())
                .thenComparingInt(problem -> problem.place().column()));
        return sorted.stream()
                .map(problem -> problem.place().before(problem.message()))
                .toList();
    }

    /** How many were found. */
    int count() {
        return found.size();
    }

    /** What may not be shown. */
    public Redaction redaction() {
        return redaction;
    }

    /**
     * Ends here if anything was found.
     *
     * @throws ConfigException with all of it
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigException(found().stream().collect(Collectors.joining(System.lineSeparator())));
        }
    }

    private record Problem(Place place, String message) {}
}
