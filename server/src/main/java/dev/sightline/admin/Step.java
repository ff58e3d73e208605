package dev.sightline.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sightline.pipeline.ProcessorStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * One step of a stream's pipeline.
 *
 * @param index from 0
 * @param enabled whether it is to run
 * @param parameters all of them; none for a step that a sender chose, or that code made
 * @param status how it is doing
 */
record Step(
        int index,
        boolean enabled,
        Map<String, Object> parameters,
        @JsonUnwrapped ProcessorStatus status) {

    /** The configured steps, and after them what else runs. */
    static List<Step> of(List<ProcessorStatus> running, List<Configuration.Step> configured) {
        Deque<ProcessorStatus> left = new ArrayDeque<>(running);
        List<Step> steps = new ArrayList<>();
        for (Configuration.Step step : configured) {
            // What runs may be a moment behind what is configured.
            boolean runs =
                    step.enabled() && !left.isEmpty() && left.peek().name().equals(step.name());
            ProcessorStatus status = runs ? left.remove() : ProcessorStatus.idle(step.name());
            steps.add(new Step(steps.size(), step.enabled(), step.parameters(), status));
        }
        left.forEach(status -> steps.add(new Step(steps.size(), true, Map.of(), status)));
        return steps;
    }
}
