package dev.sightline.pipeline;

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
 */
public record ProcessorStatus(
        String name,
        boolean chosen,
        StepState state,
        Optional<String> reason,
        long processed,
        long failures,
        double millis) {

    /** A step that no picture came to yet. */
    public static ProcessorStatus idle(String name) {
        return new ProcessorStatus(name, false, StepState.OK, Optional.empty(), 0, 0, 0);
    }

    /** The same, as a sender's choice. */
    public ProcessorStatus asChosen() {
        return new ProcessorStatus(name, true, state, reason, processed, failures, millis);
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
