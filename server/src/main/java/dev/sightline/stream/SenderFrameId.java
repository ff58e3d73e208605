package dev.sightline.stream;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a publisher calls its own picture. It travels with the picture's metadata and comes back with the result, so that
 * the sender knows which of its pictures it sees, and how long that took.
 *
 * @param seq the number the publisher gave it
 * @param captureTime when the publisher took it, by its own clock: usually milliseconds since the Unix epoch
 */
public record SenderFrameId(long seq, double captureTime) {
    /** Where it lies among a picture's metadata; no processor has this name. */
    static final String KEY = "sightline.from";

    /** Refuses a time that JSON cannot say. */
    public SenderFrameId {
        if (!Double.isFinite(captureTime)) {
            throw new IllegalArgumentException("a capture time is a finite number");
        }
    }

    /** What the publisher called the picture that this one came from; empty if it said nothing. */
    public static Optional<SenderFrameId> of(EncodedFrame frame) {
        if (frame.metadata().values().get(KEY) instanceof Map<?, ?> map
                && map.get("seq") instanceof Number seq
                && map.get("captureTime") instanceof Number time) {
            return Optional.of(new SenderFrameId(seq.longValue(), time.doubleValue()));
        }
        return Optional.empty();
    }

    Metadata metadata() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("seq", seq);
        members.put("captureTime", captureTime);
        return new Metadata().put(KEY, members).snapshot();
    }
}
