package dev.sightline.bench.fanout;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** One round of the comparison: both servers with few viewers and with many. */
record Round(Pair few, Pair many) {

    /** Sightline's processor time for each further picture, in microseconds. */
    double sightlineMicros() {
        return many.sightline().marginalMicros(few.sightline());
    }

    /** The floor's. */
    double floorMicros() {
        return many.floor().marginalMicros(few.floor());
    }

    /** Sightline's time over the floor's. */
    double ratio() {
        return sightlineMicros() / floorMicros();
    }

    /** Of Sightline's time, what its event loops used. */
    double sightlineLoopMicros() {
        return many.sightline().marginalLoopMicros(few.sightline());
    }

    /** The same of the floor. */
    double floorLoopMicros() {
        return many.floor().marginalLoopMicros(few.floor());
    }

    /** The middle one of the rounds' figures. */
    static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
