package dev.sightline.transport.webrtc.sdp;

import dev.sightline.frame.Codec;
import dev.sightline.h264.H264Profile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The negotiated format of frames in a session.
 *
 * @param codec {@link Codec#VP8} or {@link Codec#H264}
 * @param payloadType in each RTP packet
 * @param retransmission the payload type of retransmissions; empty if packets are retransmitted unchanged
 * @param parameters of the format, for example H.264's {@code profile-level-id}
 * @param feedback that both sides understand, for example {@code nack pli}
 */
public record VideoFormat(
        Codec codec,
        int payloadType,
        OptionalInt retransmission,
        Map<String, String> parameters,
        Set<String> feedback) {

    /** Copies the map and the set, in their order. */
    public VideoFormat {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        feedback = Collections.unmodifiableSet(new LinkedHashSet<>(feedback));
    }

    /** The H.264 profile that the other side accepts; empty for another codec. */
    public Optional<H264Profile> profile() {
        return codec == Codec.H264
                ? H264Profile.of(parameters.getOrDefault("profile-level-id", H264Profile.BY_DEFAULT))
                : Optional.empty();
    }
}
