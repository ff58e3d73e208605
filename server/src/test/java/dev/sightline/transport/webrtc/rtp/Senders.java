package dev.sightline.transport.webrtc.rtp;

import dev.sightline.transport.webrtc.rtp.SenderSettings.Rtx;
import java.util.Optional;
import java.util.OptionalInt;

/** Settings of senders. */
public final class Senders {
    private Senders() {}

    /** Video without any header extension, whose lost packets are sent again as they were. */
    public static SenderSettings plain(long ssrc, int payloadType, String cname) {
        return settings(ssrc, payloadType, cname, Optional.empty());
    }

    /** The same with retransmissions as a stream of their own (RFC 4588), of the next payload type. */
    public static SenderSettings withRtx(long ssrc, int payloadType, String cname, long rtxSsrc) {
        return settings(ssrc, payloadType, cname, Optional.of(new Rtx(rtxSsrc, payloadType + 1)));
    }

    /** The same with transport-wide sequence numbers as header extension 3, the only one. */
    public static SenderSettings withTransportFeedback(long ssrc, int payloadType, String cname, long rtxSsrc) {
        return new SenderSettings(
                ssrc,
                payloadType,
                Optional.of(new Rtx(rtxSsrc, payloadType + 1)),
                cname,
                new SenderSettings.Extensions(
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.of(3)));
    }

    private static SenderSettings settings(long ssrc, int payloadType, String cname, Optional<Rtx> rtx) {
        return new SenderSettings(ssrc, payloadType, rtx, cname, SenderSettings.Extensions.NONE);
    }
}
