package dev.sightline.config.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Replacements of parts of a text. Of several insertions at one position the one added first comes first. */
final class YamlEdits {
    private final List<Edit> edits = new ArrayList<>();

    void replace(int start, int end, String text) {
        edits.add(new Edit(start, end, text));
    }

    void insert(int at, String text) {
        replace(at, at, text);
    }

    void delete(int start, int end) {
        replace(start, end, "");
    }

    /** The changed text; nothing if two replacements overlap. Deletions may overlap. */
    Optional<String> applied(String text) {
        List<Edit> sorted = new ArrayList<>(edits);
        sorted.sort(Comparator.comparingInt(Edit::start).thenComparingInt(Edit::end));
        StringBuilder changed = new StringBuilder();
        int at = 0;
        for (Edit edit : sorted) {
            int start = edit.text().isEmpty() ? Math.max(at, edit.start()) : edit.start();
            if (start < at) {
                return Optional.empty();
            }
            changed.append(text, at, start).append(edit.text());
            at = Math.max(start, edit.end());
        }
        return Optional.of(changed.append(text, at, text.length()).toString());
    }

    private record Edit(int start, int end, String text) {}
}
