package dev.sightline.transport.webrtc.transport;

import dev.sightline.transport.webrtc.ice.StunRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells by the first byte what a packet is (RFC 7983), by the user fragment whom an ICE check is for, and by its way whom
 * anything else is for. What belongs to no transport is counted and never answered. The media thread only.
 */
final class PacketDemultiplexer {
    static final int MAX_PACKET_BYTES = 2048;

    private static final int MIN_PACKET_BYTES = 12;
    private static final int LAST_STUN = 3;
    private static final int FIRST_DTLS = 20;
    private static final int LAST_DTLS = 63;
    private static final int FIRST_RTP = 128;
    private static final int LAST_RTP = 191;

    private static final int FIRST_RTCP_TYPE = 192;
    private static final int LAST_RTCP_TYPE = 223;

    private final PeerTransports transports;
    private final Counters counters;

    PacketDemultiplexer(PeerTransports transports) {
        this.transports = transports;
        this.counters = transports.counters();
    }

    /**
     * Takes one packet, which begins at 0.
     *
     * @param packet may be changed; not used after the call
     * @param known the way it came, if that belongs to a transport
     * @param way the way to answer, made if it is needed
     */
    void take(byte[] packet, int length, @Nullable PeerPath known, Supplier<? extends PeerPath> way) {
        counters.packetsReceived.add(1);
        counters.bytesReceived.add(length);
        int first = packet[0] & 0xff;
        PeerTransport transport = known == null ? null : known.transport();
        if (length < MIN_PACKET_BYTES) {
            counters.junk.add(1);
        } else if (first <= LAST_STUN) {
            stun(packet, length, known, way);
        } else if (known == null || transport == null) {
            counters.junk.add(1);
        } else {
            known.arrived(length);
            if (first >= FIRST_DTLS && first <= LAST_DTLS) {
                transport.guarded(() -> transport.dtls(packet, length));
            } else if (first >= FIRST_RTP && first <= LAST_RTP) {
                transport.guarded(() -> transport.media(packet, length, known));
            } else {
                counters.junk.add(1);
            }
        }
    }

    private void stun(byte[] packet, int length, @Nullable PeerPath known, Supplier<? extends PeerPath> way) {
        Optional<StunRequest> request = StunRequest.parse(packet, length);
        PeerTransport transport = known == null ? null : known.transport();
        if (request.isPresent()) {
            check(request.get(), packet, length, way);
        } else if (known != null && transport != null) {
            transport.guarded(() -> transport.answer(packet, length, known));
        } else {
            counters.junk.add(1);
        }
    }

    private void check(StunRequest request, byte[] packet, int length, Supplier<? extends PeerPath> way) {
        Optional<PeerTransport> transport = transports.named(request.localUfrag());
        if (transport.isEmpty()) {
            counters.unknownUfrag.add(1);
            return;
        }
        PeerPath path = way.get();
        transport.get().guarded(() -> transport.get().check(request, packet, length, path));
    }

    /** Whether a packet on a port of both is RTCP (RFC 5761 section 4), by its second byte. */
    static boolean isRtcp(byte second) {
        int type = second & 0xff;
        return type >= FIRST_RTCP_TYPE && type <= LAST_RTCP_TYPE;
    }
}
