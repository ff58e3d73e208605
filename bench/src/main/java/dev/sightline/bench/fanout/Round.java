package dev.sightline.bench.fanout;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** One round of the comparison: some slices of each server, in the servers' order. */
record Round(List<List<Slice>> slices) {

    /** A server's processor time for each further picture, in microseconds: that of the middle slice. */
    double micros(int server) {
        return quantile(slices.get(server).stream().map(Slice::micros), 0.5);
    }

    /** Of it, what the event loops used. */
    double loopMicros(int server) {
        return quantile(slices.get(server).stream().map(Slice::loopMicros), 0.5);
    }

    /** The first server's time over another's. */
    double ratioTo(int server) {
        return micros(0) / micros(server);
    }

    /** The same of the event loops. */
    double loopRatioTo(int server) {
        return loopMicros(0) / loopMicros(server);
    }

    /** The middle one of the rounds' figures. */
    static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return quantile(rounds.stream().map(figure::applyAsDouble), 0.5);
    }

    /** What a share of all slices of a server does not exceed. */
    static double quantile(List<Round> rounds, int server, double share) {
        return quantile(
                rounds.stream()
                        .flatMap(round -> round.slices.get(server).stream())
                        .map(Slice::micros),
                share);
    }

    /** Between two figures, as far between them as the share is between theirs. */
    private static double quantile(Stream<Double> figures, double share) {
        double[] sorted = figures.mapToDouble(Double::doubleValue).sorted().toArray();
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }
}
