package dev.sightline.admin;

import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.pipeline.StepState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step of a stream's pipeline.
 *
 * @param index from 0
 * @param name the processor's
 * @param parameters all of them; none for a step that a sender chose, or that code made
 * @param chosen whether a sender chose it
 * @param state whether it works
 * @param reason why not
 * @param processed the number of frames it worked on
 * @param millis its time per frame, a moving mean
 */
record Step(
        int index,
        String name,
        Map<String, Object> parameters,
        boolean chosen,
        StepState state,
        Optional<String> reason,
        long processed,
        double millis) {

    /** The steps that run, with the parameters of those that always do. */
    static List<Step> of(List<ProcessorStatus> running, List<Configuration.Step> configured) {
        List<Step> steps = new ArrayList<>();
        for (ProcessorStatus status : running) {
            int index = steps.size();
            boolean known =
                    index < configured.size() && configured.get(index).name().equals(status.name());
            steps.add(new Step(
                    index,
                    status.name(),
                    known ? configured.get(index).parameters() : Map.of(),
                    status.chosen(),
                    status.state(),
                    status.reason(),
                    status.processed(),
                    status.millis()));
        }
        return steps;
    }
}
