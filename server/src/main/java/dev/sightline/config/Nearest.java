package dev.sightline.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the word that was most likely meant. Strangers may ask, so the work is bounded: a word is compared only with those at
 * least half as long, and only with a limited number.
 */
public final class Nearest {
    private static final int MOST_COMPARED = 500;

    private Nearest() {}

    /** The known word closest to the given one by edit distance; empty if none is close. */
    public static Optional<String> to(String word, Collection<String> known) {
        int limit = Math.max(2, word.length() / 2);
        return known.stream()
                // The distance is never smaller than the difference of the lengths.
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= limit)
                .limit(MOST_COMPARED)
                .map(candidate -> Candidate.of(word, candidate))
                .filter(candidate -> candidate.distance <= limit)
                .min(Comparator.comparingInt(Candidate::distance))
                .map(Candidate::word);
    }

    /** {@code , did you mean 'x'?} for a message; empty if no known word is close. */
    public static String hint(String word, Collection<String> known) {
        return to(word, known)
                .map(nearest -> ", did you mean '" + nearest + "'?")
                .orElse("");
    }

    /** Levenshtein's distance: the fewest insertions, deletions and substitutions of one character. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }

    private record Candidate(String word, int distance) {
        static Candidate of(String meant, String known) {
            return new Candidate(
                    known, Nearest.distance(meant.toLowerCase(Locale.ROOT), known.toLowerCase(Locale.ROOT)));
        }
    }
}
