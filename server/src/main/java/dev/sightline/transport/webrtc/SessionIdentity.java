package dev.sightline.transport.webrtc;

import dev.sightline.transport.webrtc.rtp.ReceiverSettings;
import dev.sightline.transport.webrtc.rtp.SenderSettings;
import dev.sightline.transport.webrtc.rtp.SenderSettings.Extensions;
import dev.sightline.transport.webrtc.rtp.SenderSettings.Mid;
import dev.sightline.transport.webrtc.rtp.SenderSettings.Rtx;
import dev.sightline.transport.webrtc.sdp.HeaderExtension;
import dev.sightline.transport.webrtc.sdp.Negotiated;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How people and the wire identify a session.
 *
 * @param id part of its address and unguessable, since knowing it is enough to end the session
 * @param number for people, from 1
 * @param stream the name in the request
 * @param publishes whether the peer sends frames
 * @param ssrc of the frames we send, and of our reports, 0 to 2<sup>32</sup> - 1
 * @param retransmissionSsrc of retransmitted packets
 * @param cname common to both (RFC 7022)
 */
record SessionIdentity(
        String id, long number, String stream, boolean publishes, long ssrc, long retransmissionSsrc, String cname) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AtomicLong LAST = new AtomicLong();
    private static final int ID_BYTES = 18;
    private static final int CNAME_BYTES = 12;

    /** The most that a header extension's short form holds (RFC 8285); browsers use one or two characters. */
    private static final int LONGEST_MID = 16;

    static SessionIdentity of(String stream, boolean publishes) {
        long ssrc = RANDOM.nextInt() & 0xFFFF_FFFFL;
        long other = (ssrc + 1 + RANDOM.nextInt(Integer.MAX_VALUE)) & 0xFFFF_FFFFL;
        return new SessionIdentity(
                random(ID_BYTES), LAST.incrementAndGet(), stream, publishes, ssrc, other, random(CNAME_BYTES));
    }

    /** The negotiated settings for sending. */
    SenderSettings sender(Negotiated agreed) {
        OptionalInt retransmission = agreed.format().retransmission();
        OptionalInt mid = agreed.extension(HeaderExtension.MID);
        return new SenderSettings(
                ssrc,
                agreed.format().payloadType(),
                retransmission.isPresent()
                        ? Optional.of(new Rtx(retransmissionSsrc, retransmission.getAsInt()))
                        : Optional.empty(),
                cname,
                new Extensions(
                        agreed.mid()
                                .filter(name -> mid.isPresent() && name.length() <= LONGEST_MID)
                                .map(name -> new Mid(mid.getAsInt(), name)),
                        agreed.extension(HeaderExtension.ABS_SEND_TIME),
                        agreed.extension(HeaderExtension.ABS_CAPTURE_TIME),
                        agreed.extension(HeaderExtension.PLAYOUT_DELAY),
                        agreed.extension(HeaderExtension.TRANSPORT_SEQUENCE_NUMBER)));
    }

    /** The negotiated settings for receiving. */
    ReceiverSettings receiver(Negotiated agreed) {
        return new ReceiverSettings(
                agreed.format().codec(),
                agreed.format().payloadType(),
                agreed.format().retransmission(),
                ssrc,
                cname,
                ReceiverSettings.DEFAULT_BITS_PER_SECOND);
    }

    private static String random(int size) {
        byte[] bytes = new byte[size];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
