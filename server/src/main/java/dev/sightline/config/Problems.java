package dev.sightline.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects all problems of a configuration, so that they are reported at once. Used by one thread. */
public final class Problems {
    private final Set<Problem> found = new LinkedHashSet<>();
    private final Redaction redaction;

    public Problems() {
        this(new Redaction());
    }

    /** Begins with values that must not be shown. */
    public Problems(Redaction redaction) {
        this.redaction = redaction;
    }

    /** Adds a problem at a place; the message says what is wrong, and what to do. The same problem is added once. */
    public void add(Place place, String message) {
        found.add(new Problem(place, redaction.apply(message)));
    }

    /** Adds a problem in what code described, which has no place; the message says what is wrong, and what to do. */
    public void add(String message) {
        add(Place.NOWHERE, message);
    }

    /** The problems, by place. */
    public List<String> found() {
        List<Problem> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt((Problem problem) -> problem.place().line())
                .thenComparingInt(problem -> problem.place().column()));
        return sorted.stream()
                .map(problem -> problem.place().before(problem.message()))
                .toList();
    }

    /** The number of problems. */
    int count() {
        return found.size();
    }

    /** The values that must not be shown. */
    public Redaction redaction() {
        return redaction;
    }

    /**
     * Ends here if there are problems.
     *
     * @throws ConfigException with all of them
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigException(found().stream().collect(Collectors.joining(System.lineSeparator())));
        }
    }

    private record Problem(Place place, String message) {}
}
