package dev.sightline.bench.churn;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A server at one moment.
 *
 * @param minutes since the first viewer could come
 * @param values what it does not tell is NaN
 */
record Sample(double minutes, Map<Column, Double> values) {
    private static final String FIRST_WORD = "sample";

    /** Of one column; NaN if it is not known. */
    double of(Column column) {
        return values.getOrDefault(column, Double.NaN);
    }

    /** A line for a log, which {@link #read} understands. */
    String line() {
        return FIRST_WORD + " " + minutes + " "
                + values.entrySet().stream()
                        .map(value -> value.getKey().name() + "=" + value.getValue())
                        .collect(Collectors.joining(" "));
    }

    /** What such a line tells; empty for any other. */
    static Optional<Sample> read(String line) {
        String[] words = line.split(" ", -1);
        if (words.length < 2 || !words[0].equals(FIRST_WORD)) {
            return Optional.empty();
        }
        Map<Column, Double> values = new EnumMap<>(Column.class);
        Arrays.stream(words)
                .skip(2)
                .map(word -> word.split("=", 2))
                .forEach(pair -> values.put(Column.valueOf(pair[0]), Double.valueOf(pair[1])));
        return Optional.of(new Sample(Double.parseDouble(words[1]), values));
    }
}
