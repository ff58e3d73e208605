package dev.sightline.stream;

import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.stream.status.StreamStatus.Dropped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the sessions of a mirror come to together; immutable.
 *
 * @param frames pictures that left a pipeline
 * @param dropped pictures lost, by place
 * @param lastPicture when the last picture left a pipeline
 * @param width of that picture, in pixels
 * @param height of the same
 * @param steps the processors by name
 */
record MirrorTotals(
        long frames,
        Dropped dropped,
        Optional<Instant> lastPicture,
        int width,
        int height,
        Map<String, ProcessorStatus> steps) {
    static final MirrorTotals NONE = new MirrorTotals(0, new Dropped(0, 0, 0, 0, 0), Optional.empty(), 0, 0, Map.of());

    /** These and one session more. */
    MirrorTotals plus(StreamStatus session) {
        boolean newer = session.lastPicture().isPresent()
                && session.lastPicture().get().isAfter(lastPicture.orElse(Instant.MIN));
        Map<String, ProcessorStatus> all = new LinkedHashMap<>(steps);
        session.processors().forEach(step -> all.merge(step.name(), step, MirrorTotals::sum));
        return new MirrorTotals(
                frames + session.frames(),
                sum(dropped, session.dropped()),
                newer ? session.lastPicture() : lastPicture,
                newer ? session.width() : width,
                newer ? session.height() : height,
                all);
    }

    /** The same when its sessions have ended: what was wrong with their steps is over. */
    MirrorTotals over() {
        Map<String, ProcessorStatus> rested = new LinkedHashMap<>();
        steps.forEach((name, step) -> rested.put(name, step.over()));
        return new MirrorTotals(frames, dropped, lastPicture, width, height, rested);
    }

    /** The processors that always run, in order, whether or not a picture came; then those that senders chose. */
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
