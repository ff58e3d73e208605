package dev.sightline.stream;

import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.stream.status.LatencyStatus;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.stream.status.StreamStatus.Dropped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The sums over a mirror's sessions; immutable.
 *
 * @param frames frames that left a pipeline
 * @param dropped frames lost, by place
 * @param lastPicture when the last frame left a pipeline
 * @param width of that frame, in pixels
 * @param height of that frame, in pixels
 * @param steps the processors by name
 * @param inputs what they take from viewers
 * @param latency how old frames became
 */
record MirrorTotals(
        long frames,
        Dropped dropped,
        Optional<Instant> lastPicture,
        int width,
        int height,
        Map<String, ProcessorStatus> steps,
        Inputs inputs,
        LatencyStatus latency) {
    static final MirrorTotals NONE = new MirrorTotals(
            0,
            new Dropped(0, 0, 0, 0, 0),
            Optional.empty(),
            0,
            0,
            Map.of(),
            new Inputs(Collections.emptySortedSet(), 0),
            LatencyStatus.NONE);

    /**
     * What processors take from viewers.
     *
     * @param names of the inputs
     * @param dropped how many were dropped
     */
    record Inputs(SortedSet<String> names, long dropped) {}

    /** Adds one session. */
    MirrorTotals plus(StreamStatus session) {
        boolean newer = session.signal().lastPicture().isPresent()
                && session.signal().lastPicture().get().isAfter(lastPicture.orElse(Instant.MIN));
        Map<String, ProcessorStatus> all = new LinkedHashMap<>(steps);
        session.processing().processors().forEach(step -> all.merge(step.name(), step, MirrorTotals::sum));
        SortedSet<String> taken = new TreeSet<>(inputs.names());
        taken.addAll(session.processing().inputs());
        return new MirrorTotals(
                frames + session.frames(),
                sum(dropped, session.dropped()),
                newer ? session.signal().lastPicture() : lastPicture,
                newer ? session.pictures().width() : width,
                newer ? session.pictures().height() : height,
                all,
                new Inputs(taken, inputs.dropped() + session.processing().droppedInputs()),
                latency.plus(session.pictures().latency()));
    }

    /** The same after its processors have changed: which inputs they take is not known before one is made. */
    MirrorTotals changed() {
        Inputs unknown = new Inputs(Collections.emptySortedSet(), inputs.dropped());
        return new MirrorTotals(frames, dropped, lastPicture, width, height, steps, unknown, latency);
    }

    /** The same after its sessions have ended: their steps' failures are over. */
    MirrorTotals over() {
        Map<String, ProcessorStatus> rested = new LinkedHashMap<>();
        steps.forEach((name, step) -> rested.put(name, step.over()));
        return new MirrorTotals(frames, dropped, lastPicture, width, height, rested, inputs, latency);
    }

    /** The status of the processors that always run, in order, whether or not a frame came; then of those that senders chose. */
    List<ProcessorStatus> processors(List<String> always) {
        List<ProcessorStatus> all = new ArrayList<>();
        Stream.concat(always.stream(), steps.keySet().stream())
                .distinct()
                .map(name -> {
                    ProcessorStatus step = steps.getOrDefault(name, ProcessorStatus.idle(name));
                    return always.contains(name) ? step : step.asChosen();
                })
                .forEach(all::add);
        return all;
    }

    private static Dropped sum(Dropped a, Dropped b) {
        return new Dropped(
                a.pipeline() + b.pipeline(),
                a.encoders() + b.encoders(),
                a.viewers() + b.viewers(),
                a.broken() + b.broken(),
                a.withheld() + b.withheld());
    }

    private static ProcessorStatus sum(ProcessorStatus a, ProcessorStatus b) {
        long processed = a.processed() + b.processed();
        double millis = processed == 0 ? 0 : (a.millis() * a.processed() + b.millis() * b.processed()) / processed;
        ProcessorStatus worse = a.state().compareTo(b.state()) > 0 ? a : b;
        return new ProcessorStatus(
                a.name(),
                a.chosen(),
                worse.state(),
                worse.reason(),
                processed,
                a.failures() + b.failures(),
                millis,
                a.times().plus(b.times()));
    }
}
