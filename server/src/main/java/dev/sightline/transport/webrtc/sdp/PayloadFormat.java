package dev.sightline.transport.webrtc.sdp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One payload type and its attributes (RFC 8866 section 6.6, RFC 4585).
 *
 * @param payloadType 0 to 127
 * @param name the encoding's name as written, for example {@code VP8}
 * @param clockRate ticks per second
 * @param channels what follows the clock rate, for example {@code 2} for stereo sound; mostly empty
 * @param parameters of the format, names in lower case, in order
 * @param feedback permitted feedback, for example {@code nack pli}
 */
public record PayloadFormat(
        int payloadType,
        String name,
        int clockRate,
        Optional<String> channels,
        Map<String, String> parameters,
        Set<String> feedback) {

    /** Copies the map and the set, in their order. */
    public PayloadFormat {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        feedback = Collections.unmodifiableSet(new LinkedHashSet<>(feedback));
    }

    /** Whether it has that name, ignoring case. */
    boolean isNamed(String other) {
        return name.equalsIgnoreCase(other);
    }

    /** The payload type that this one, named rtx, repeats (RFC 4588 section 8). */
    OptionalInt repeats() {
        String apt = parameters.getOrDefault("apt", "");
        return isNamed("rtx") && apt.matches("\\d{1,3}") ? OptionalInt.of(Integer.parseInt(apt)) : OptionalInt.empty();
    }

    /** {@code 96 VP8/90000}, the form after {@code a=rtpmap:}. */
    String rtpmap() {
        return payloadType + " " + name + "/" + clockRate
                + channels.map(each -> "/" + each).orElse("");
    }
}
