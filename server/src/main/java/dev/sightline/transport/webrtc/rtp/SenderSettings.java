package dev.sightline.transport.webrtc.rtp;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was negotiated for the video that goes to one viewer. Header extensions have ids from 1 to 255; those left out
 * are not sent. Transport-wide congestion control is not spoken and must not be negotiated: browsers then send REMB.
 *
 * @param ssrc of the video, 0 to 2<sup>32</sup> - 1
 * @param payloadType 0 to 127
 * @param rtx how lost packets are sent again; empty: as they were
 * @param cname the sender's canonical name, the same as in the SDP
 * @param mid the medium's identification; empty: not sent
 * @param absoluteSendTime id of {@code http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time}
 * @param absoluteCaptureTime id of {@code http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time}
 * @param playoutDelay id of {@code http://www.webrtc.org/experiments/rtp-hdrext/playout-delay}: none is asked for while nothing is lost
 */
public record SenderSettings(
        long ssrc,
        int payloadType,
        Optional<Rtx> rtx,
        String cname,
        Optional<Mid> mid,
        OptionalInt absoluteSendTime,
        OptionalInt absoluteCaptureTime,
        OptionalInt playoutDelay) {
    /** Video without any header extension. */
    public static SenderSettings plain(long ssrc, int payloadType, String cname) {
        return new SenderSettings(
                ssrc,
                payloadType,
                Optional.empty(),
                cname,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    /** The same with retransmissions as a stream of their own (RFC 4588). */
    public SenderSettings withRtx(long rtxSsrc, int rtxPayloadType) {
        return new SenderSettings(
                ssrc,
                payloadType,
                Optional.of(new Rtx(rtxSsrc, rtxPayloadType)),
                cname,
                mid,
                absoluteSendTime,
                absoluteCaptureTime,
                playoutDelay);
    }

    /**
     * Retransmissions as a stream of their own (RFC 4588).
     *
     * @param ssrc of the retransmissions
     * @param payloadType whose {@code apt} is the video's
     */
    public record Rtx(long ssrc, int payloadType) {}

    /**
     * The medium's identification in each packet (RFC 9143).
     *
     * @param id of the header extension {@code urn:ietf:params:rtp-hdrext:sdes:mid}
     * @param mid as it stands in the SDP, 1 to 255 ASCII characters
     */
    public record Mid(int id, String mid) {}
}
