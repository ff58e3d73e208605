package dev.sightline.bench.fanout;

import java.util.function.ToDoubleFunction;

/**
 * One server with many viewers for a moment, between two moments with few, each right after the other: what a stream costs
 * whoever watches drifts with the machine, and a steady drift cancels out so.
 */
record Slice(Sample before, Sample many, Sample after) {

    /** Processor time in microseconds for each picture delivered beyond those of the few. */
    double micros() {
        return further(Sample::cores) / further(Sample::framesPerSecond) * 1e6;
    }

    /** The same of the event loops alone. */
    double loopMicros() {
        return further(Sample::loopCores) / further(Sample::framesPerSecond) * 1e6;
    }

    private double further(ToDoubleFunction<Sample> figure) {
        return figure.applyAsDouble(many) - (figure.applyAsDouble(before) + figure.applyAsDouble(after)) / 2;
    }
}
