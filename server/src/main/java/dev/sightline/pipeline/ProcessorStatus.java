package dev.sightline.pipeline;

import dev.sightline.metrics.HistogramSnapshot;
import java.util.Optional;

/**
 * One step of a pipeline at one moment.
 *
 * @param name the processor's name
 * @param chosen whether a sender chose it, so that it is none of the stream's own
 * @param state whether it does its work
 * @param reason why not, for people, without the step's name; empty where it does
 * @param processed pictures it worked on
 * @param failures pictures at which it failed
 * @param millis its time for one picture, a moving mean
 * @param times its times for all pictures
 */
public record ProcessorStatus(
        String name,
        boolean chosen,
        StepState state,
        Optional<String> reason,
        long processed,
        long failures,
        double millis,
        HistogramSnapshot times) {

    /** A step that no picture came to yet. */
    public static ProcessorStatus idle(String name) {
        return new ProcessorStatus(name, false, StepState.OK, Optional.empty(), 0, 0, 0, HistogramSnapshot.EMPTY);
    }

    /** The same, as a sender's choice. */
    public ProcessorStatus asChosen() {
        return new ProcessorStatus(name, true, state, reason, processed, failures, millis, times);
    }

    /** The same when its pipeline has ended: only what was counted is left. */
    public ProcessorStatus over() {
        return new ProcessorStatus(name, chosen, StepState.OK, Optional.empty(), processed, failures, millis, times);
    }

    /** Whether there is something to say of it. */
    public boolean inTrouble() {
        return state != StepState.OK;
    }

    /** {@code faces is failing: no such layer}. */
    public String text() {
        return name + " is " + state.word() + reason.map(why -> ": " + why).orElse("");
    }
}
