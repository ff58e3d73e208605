package dev.sightline.transport.webrtc.rtp;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The negotiated settings for one viewer's video.
 *
 * @param ssrc of the video, 0 to 2<sup>32</sup> - 1
 * @param payloadType 0 to 127
 * @param rtx how lost packets are retransmitted; empty: unchanged
 * @param cname the sender's canonical name, the same as in the SDP
 * @param extensions the header extensions of each packet
 */
public record SenderSettings(long ssrc, int payloadType, Optional<Rtx> rtx, String cname, Extensions extensions) {
    /**
     * Retransmissions in a separate stream (RFC 4588).
     *
     * @param ssrc of the retransmissions
     * @param payloadType whose {@code apt} is the video's
     */
    public record Rtx(long ssrc, int payloadType) {}

    /**
     * The ids, 1 to 255, of header extensions; empty ones are not sent.
     *
     * @param mid the medium's identification
     * @param absoluteSendTime {@code http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time}
     * @param absoluteCaptureTime {@code http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time}
     * @param playoutDelay {@code http://www.webrtc.org/experiments/rtp-hdrext/playout-delay}: 0 is requested while nothing is
     *     lost
     * @param transportSequence
     *     {@code http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01}: the viewer tells when packets
     *     arrived, and we estimate the bandwidth; only with RTX
     */
    public record Extensions(
            Optional<Mid> mid,
            OptionalInt absoluteSendTime,
            OptionalInt absoluteCaptureTime,
            OptionalInt playoutDelay,
            OptionalInt transportSequence) {
        /** No extension. */
        public static final Extensions NONE = new Extensions(
                Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
    }

    /**
     * The medium's identification in each packet (RFC 9143).
     *
     * @param id of the header extension {@code urn:ietf:params:rtp-hdrext:sdes:mid}
     * @param mid as in the SDP, 1 to 255 ASCII characters
     */
    public record Mid(int id, String mid) {}
}
