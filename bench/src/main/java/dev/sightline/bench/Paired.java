package dev.sightline.bench;

import static dev.sightline.bench.Table.number;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * This Sightline and another, measured in pairs right after each other: what drifts with the machine is the same in both of
 * a pair, so their ratio is much steadier than either.
 *
 * @param <S> one measurement
 */
public final class Paired<S> {
    /** For 95 % of all series of pairs, the true median lies within so many standard deviations of the middle rank. */
    private static final double DEVIATIONS = 1.96;

    private final List<List<S>> pairs;
    private final Map<String, ToDoubleFunction<S>> figures = new LinkedHashMap<>();

    /** @param pairs of this Sightline and the other */
    public Paired(List<List<S>> pairs) {
        this.pairs = List.copyOf(pairs);
    }

    /** Adds a figure that is better when it is less. */
    public Paired<S> row(String name, ToDoubleFunction<S> figure) {
        figures.put(name, figure);
        return this;
    }

    /** Prints the medians of both, the median of the pairs' ratios, and the interval that holds the true one in 95 % of cases. */
    public void print(PrintStream out) {
        Table table = new Table(pairs.size() + " pairs", "the other", "this", "ratio", "95 %");
        figures.forEach((name, figure) -> {
            double[] ratios = sorted(pair -> figure.applyAsDouble(pair.get(0)) / figure.applyAsDouble(pair.get(1)));
            table.row(
                    name,
                    number(median(sorted(pair -> figure.applyAsDouble(pair.get(1)))), 3),
                    number(median(sorted(pair -> figure.applyAsDouble(pair.get(0)))), 3),
                    number(median(ratios), 3),
                    interval(ratios));
        });
        table.print(out);
    }

    private double[] sorted(ToDoubleFunction<List<S>> figure) {
        return pairs.stream().mapToDouble(figure).sorted().toArray();
    }

    private static double median(double[] sorted) {
        return IntStream.of((sorted.length - 1) / 2, sorted.length / 2)
                .mapToDouble(place -> sorted[place])
                .average()
                .orElse(0);
    }

    /** By the ranks of the binomial distribution (Conover, Practical Nonparametric Statistics, section 3.2). */
    private static String interval(double[] sorted) {
        int below = (int) Math.floor((sorted.length - DEVIATIONS * Math.sqrt(sorted.length)) / 2);
        if (below < 0) {
            return "too few";
        }
        return number(sorted[below], 3) + " to " + number(sorted[sorted.length - 1 - below], 3);
    }
}
