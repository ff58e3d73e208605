package dev.sightline.transport.webrtc.sdp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One {@code m=} section, with what it inherits from the session's level.
 *
 * @param line what stands in its {@code m=} line
 * @param mid its name within the description
 * @param bundleOnly whether it has no transport of its own
 * @param direction seen from the side that wrote it
 * @param transport its end of the connection
 * @param rtp how it carries media
 */
public record MediaSection(
        Line line, Optional<String> mid, boolean bundleOnly, Direction direction, TransportSide transport, Rtp rtp) {

    /**
     * An {@code m=} line.
     *
     * @param kind {@code video}, {@code audio}, {@code application} or whatever else
     * @param port 0 if the section is off, or rides in a bundle only
     * @param protocol for example {@code UDP/TLS/RTP/SAVPF}
     * @param formats as written: payload types in order of preference, or for example {@code webrtc-datachannel}
     */
    public record Line(String kind, int port, String protocol, List<String> formats) {
        /** Copies the list. */
        public Line {
            formats = List.copyOf(formats);
        }
    }

    /**
     * What is said of RTP.
     *
     * @param rtcpMux whether RTP and RTCP may share a port (RFC 8834)
     * @param reducedSizeRtcp whether RTCP packets may come alone (RFC 5506)
     * @param codecs in order of preference
     * @param extensions ids of header extensions by URI
     * @param layer the name of the best of its simulcast encodings (RFC 8853); empty where it sends only one
     */
    public record Rtp(
            boolean rtcpMux,
            boolean reducedSizeRtcp,
            List<PayloadFormat> codecs,
            Map<String, Integer> extensions,
            Optional<String> layer) {

        /** Copies the list and the map. */
        public Rtp {
            codecs = List.copyOf(codecs);
            extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
        }

        /** The payload type that repeats lost packets of another. */
        OptionalInt retransmissionOf(int payloadType) {
            return codecs.stream()
                    .filter(each -> each.repeats().orElse(-1) == payloadType)
                    .mapToInt(PayloadFormat::payloadType)
                    .findFirst();
        }
    }

    /** Whether it holds pictures. */
    public boolean isVideo() {
        return line.kind().equals("video");
    }

    /** Whether it is switched off, or was refused. */
    public boolean isRejected() {
        return line.port() == 0 && !bundleOnly;
    }

    /** Whether it holds data channels (RFC 8841). */
    boolean isData() {
        return line.protocol().endsWith("DTLS/SCTP");
    }

    /** Whether it can be taken with nothing in it. */
    boolean canBeInactive() {
        return !isRejected() && (isData() || rtp.rtcpMux() && !rtp.codecs().isEmpty());
    }
}
