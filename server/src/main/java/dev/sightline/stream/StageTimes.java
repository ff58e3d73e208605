package dev.sightline.stream;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How long a frame was in each stage before it was sent, so that a viewer can tell where its age comes from. It travels with
 * the frame's metadata, as {@link SenderFrameId} does.
 *
 * @param sourceNanos from its capture until the pipeline took it
 * @param pipelineNanos from then until it left the pipeline, decoding included
 */
record StageTimes(long sourceNanos, long pipelineNanos) {
    /** The key among a frame's metadata; no processor has this name. */
    static final String KEY = "sightline.times";

    private static final String SOURCE = "source";
    private static final String PIPELINE = "pipeline";

    /** Those of a frame that leaves the pipeline; all times by the clock of capture times. */
    static StageTimes of(long captureNanos, long takenNanos, long nowNanos) {
        return new StageTimes(takenNanos - captureNanos, nowNanos - takenNanos);
    }

    /** Adds them to what is known of the frame. */
    void addTo(Metadata metadata) {
        metadata.put(KEY, Map.of(SOURCE, sourceNanos, PIPELINE, pipelineNanos));
    }

    /** The frame with these. */
    EncodedFrame on(EncodedFrame frame) {
        Metadata metadata = new Metadata().addAll(frame.metadata());
        addTo(metadata);
        return frame.with(metadata);
    }

    /**
     * {@code {source, pipeline, encode?}} in milliseconds with three decimals, for JSON; without {@code encode} where the frame
     * is the source's own, or not here. Empty if they are not known, as of a slate.
     */
    static Optional<Map<String, Object>> members(EncodedFrame frame) {
        if (!(frame.metadata().values().get(KEY) instanceof Map<?, ?> times
                && times.get(SOURCE) instanceof Number source
                && times.get(PIPELINE) instanceof Number pipeline)) {
            return Optional.empty();
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(SOURCE, millis(source.longValue()));
        members.put(PIPELINE, millis(pipeline.longValue()));
        if (frame.encodingNanos() > 0) {
            members.put("encode", millis(frame.encodingNanos()));
        }
        return Optional.of(members);
    }

    /** In milliseconds with three decimals. */
    static double millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos) / 1_000.0;
    }
}
