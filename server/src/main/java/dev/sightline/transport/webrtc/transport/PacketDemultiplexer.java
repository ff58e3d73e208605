package dev.sightline.transport.webrtc.transport;

import dev.sightline.transport.webrtc.ice.StunRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Dispatches packets: the kind follows from the first byte (RFC 7983); the transport from an ICE check's user fragment, or from
 * the path of anything else. A packet without a transport is counted and never answered. Used on the media thread.
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
     * Dispatches one packet, which begins at index 0.
     *
     * @param packet may be changed; not used after the call
     * @param known the path it came on, if that belongs to a transport
     * @param way the path for answers, created if needed
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
