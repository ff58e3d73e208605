package dev.sightline.bench.webrtc;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One server: with one viewer, and then with each of the crowds.
 *
 * @param alone with one viewer
 * @param crowds with more and more
 */
record Round(Sample alone, List<Sample> crowds) {

    /** With the most. */
    Sample crowd() {
        return crowds.get(crowds.size() - 1);
    }

    /** Processor time for each packet more than one viewer's, in microseconds. */
    double microsPerPacket(int crowd) {
        return crowds.get(crowd).microsPerPacket(alone);
    }

    /** The same of the thread that sends alone: what the encoder takes drifts by as much as fifty viewers cost. */
    double sendingMicrosPerPacket(int crowd) {
        return crowds.get(crowd).sendingMicrosPerPacket(alone);
    }

    /** The middle one of the rounds' figures. */
    static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** The greatest of the rounds' figures. */
    static double worst(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return rounds.stream().mapToDouble(figure).max().orElse(0);
    }
}
