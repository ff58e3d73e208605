package dev.sightline.stream;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A publisher's own id of its frame. It travels with the frame's metadata and comes back with the result, so that the sender
 * knows which of its frames it sees, and can measure the round trip.
 *
 * @param seq the publisher's number
 * @param captureTime when the publisher captured it, by its own clock: usually milliseconds since the Unix epoch
 */
public record SenderFrameId(long seq, double captureTime) {
    /** The key among a frame's metadata; no processor has this name. */
    static final String KEY = "sightline.from";

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Throws if the time cannot be written in JSON. */
    public SenderFrameId {
        if (!Double.isFinite(captureTime)) {
            throw new IllegalArgumentException("a capture time is a finite number");
        }
    }

    /**
     * Reads a publisher's id of its frame.
     *
     * @param said a value of JSON as its parsers give it: objects as maps, numbers as {@link Number}
     * @return empty if it is an object with neither of the members
     * @throws FrameIdException if it is anything else that is no id
     */
    public static Optional<SenderFrameId> read(@Nullable Object said) throws FrameIdException {
        if (!(said instanceof Map<?, ?> members)) {
            throw new FrameIdException("is no object");
        }
        if (!members.containsKey("seq") && !members.containsKey("captureTime")) {
            return Optional.empty();
        }
        if (!(members.get("seq") instanceof Number seq) || seq.doubleValue() != (double) seq.longValue()) {
            throw new FrameIdException("seq is no whole number");
        }
        if (!(members.get("captureTime") instanceof Number time) || !Double.isFinite(time.doubleValue())) {
            throw new FrameIdException("captureTime is no number");
        }
        return Optional.of(new SenderFrameId(seq.longValue(), time.doubleValue()));
    }

    /**
     * Reads an id from JSON.
     *
     * @param json in UTF-8; may be empty
     * @throws FrameIdException as above
     */
    public static Optional<SenderFrameId> read(byte[] json) throws FrameIdException {
        try {
            return json.length == 0 ? Optional.empty() : read(JSON.readValue(json, Object.class));
        } catch (JacksonException e) {
            throw new FrameIdException("is no JSON");
        }
    }

    /** The publisher's id of the frame that this one came from; empty if it gave none. */
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
