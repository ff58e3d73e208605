package dev.sightline.transport.webrtc.sdp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One {@code m=} section, with what it inherits from the session's level.
 *
 * @param kind {@code video}, {@code audio}, {@code application} or whatever else
 * @param port 0 if the section is off, or rides in a bundle only
 * @param protocol for example {@code UDP/TLS/RTP/SAVPF}
 * @param formats as written: payload types in order of preference, or for example {@code webrtc-datachannel}
 * @param mid its name within the description
 * @param bundleOnly whether it has no transport of its own
 * @param direction seen from the side that wrote it
 * @param transport its end of the connection
 * @param rtcpMux whether RTP and RTCP may share a port (RFC 8834)
 * @param reducedSizeRtcp whether RTCP packets may come alone (RFC 5506)
 * @param codecs in order of preference
 * @param extensions ids of header extensions by URI
 * @param ssrcs of what it sends, as announced; mostly none in an offer to watch
 * @param repairs the SSRC of the retransmissions by the SSRC of what they repair (RFC 4588, FID)
 * @param layer the name of the best of its simulcast encodings (RFC 8853); empty where it sends only one
 */
public record MediaSection(
        String kind,
        int port,
        String protocol,
        List<String> formats,
        Optional<String> mid,
        boolean bundleOnly,
        Direction direction,
        TransportSide transport,
        boolean rtcpMux,
        boolean reducedSizeRtcp,
        List<PayloadFormat> codecs,
        Map<String, Integer> extensions,
        List<Long> ssrcs,
        Map<Long, Long> repairs,
        Optional<String> layer) {

    /** Copies the lists and maps. */
    public MediaSection {
        formats = List.copyOf(formats);
        codecs = List.copyOf(codecs);
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
        ssrcs = List.copyOf(ssrcs);
        repairs = Collections.unmodifiableMap(new LinkedHashMap<>(repairs));
    }

    /** Whether it holds pictures. */
    public boolean isVideo() {
        return kind.equals("video");
    }

    /** Whether it is switched off, or was refused. */
    public boolean isRejected() {
        return port == 0 && !bundleOnly;
    }

    /** Whether it holds data channels (RFC 8841). */
    boolean isData() {
        return protocol.endsWith("DTLS/SCTP");
    }

    /** Whether it can be taken with nothing in it. */
    boolean canBeInactive() {
        return !isRejected() && (isData() || rtcpMux && !codecs.isEmpty());
    }

    /** The payload type that repeats lost packets of another. */
    public OptionalInt retransmissionOf(int payloadType) {
        return codecs.stream()
                .filter(each -> each.repeats().orElse(-1) == payloadType)
                .mapToInt(PayloadFormat::payloadType)
                .findFirst();
    }

    /** The SSRC of what it sends, where it was announced. */
    public OptionalLong ssrc() {
        return ssrcs.stream().mapToLong(Long::longValue).findFirst();
    }
}
