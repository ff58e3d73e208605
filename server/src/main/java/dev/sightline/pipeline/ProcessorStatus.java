package dev.sightline.pipeline;

import dev.sightline.metrics.HistogramSnapshot;
import java.util.Optional;

/**
 * One step of a pipeline at one moment.
 *
 * @param name the processor's name
 * @param chosen whether a sender chose it, rather than the stream's configuration
 * @param state whether it works
 * @param reason why not, for people, without the step's name; empty if it works
 * @param processed the number of frames it worked on
 * @param failures the number of frames at which it failed
 * @param millis its time per frame, a moving mean
 * @param times its times for all frames
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

    /** A step that has not seen a frame yet. */
    public static ProcessorStatus idle(String name) {
        return new ProcessorStatus(name, false, StepState.OK, Optional.empty(), 0, 0, 0, HistogramSnapshot.EMPTY);
    }

    /** The same, as a sender's choice. */
    public ProcessorStatus asChosen() {
        return new ProcessorStatus(name, true, state, reason, processed, failures, millis, times);
    }

    /** The same after its pipeline has ended: only counts are left. */
    public ProcessorStatus over() {
        return new ProcessorStatus(name, chosen, StepState.OK, Optional.empty(), processed, failures, millis, times);
    }

    /** Whether something is wrong with it. */
    public boolean inTrouble() {
        return state != StepState.OK;
    }

    /** {@code faces is failing: no such layer}. */
    public String text() {
        return name + " is " + state.word() + reason.map(why -> ": " + why).orElse("");
    }
}
