package dev.sightline.transport.webrtc.transport;

import dev.sightline.metrics.SingleWriterCounter;
import dev.sightline.transport.webrtc.ice.IceAgent;
import dev.sightline.transport.webrtc.ice.TransportTuple;
import dev.sightline.transport.webrtc.srtp.SrtpReceiver;
import dev.sightline.transport.webrtc.srtp.SrtpSender;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The media of one peer transport: protects outgoing packets and sends them where ICE says, opens incoming ones for the
 * listener, and counts both. Used on the media thread, except for {@link #figures}.
 */
final class SrtpTransport {
    private final PeerTransports transports;
    private final IceAgent ice;
    private final TransportListener listener;
    private final EarlyMedia early;
    private @Nullable SrtpSender sender;
    private @Nullable SrtpReceiver receiver;

    // Written by the media thread, read by all.
    private final SingleWriterCounter packetsSent = new SingleWriterCounter();
    private final SingleWriterCounter bytesSent = new SingleWriterCounter();
    private final SingleWriterCounter packetsReceived = new SingleWriterCounter();
    private final SingleWriterCounter bytesReceived = new SingleWriterCounter();
    private final SingleWriterCounter dropped = new SingleWriterCounter();
    private final SingleWriterCounter forged = new SingleWriterCounter();
    private final SingleWriterCounter replayed = new SingleWriterCounter();

    SrtpTransport(PeerTransports transports, IceAgent ice, TransportListener listener) {
        this.transports = transports;
        this.ice = ice;
        this.listener = listener;
        this.early = new EarlyMedia(transports.earlyMedia());
    }

    /** The keys are there. */
    void secured(SrtpSender out, SrtpReceiver in) {
        sender = out;
        receiver = in;
    }

    /** See {@link PeerTransport#sendRtp}. */
    void sendRtp(byte[] packet, int offset, int length) {
        if (sender != null) {
            byte[] sealed = transports.outgoing();
            put(sealed, sender.rtp(packet, offset, length, sealed));
        }
    }

    /** See {@link PeerTransport#sendRtcp}. */
    void sendRtcp(byte[] packet, int offset, int length) {
        if (sender != null) {
            byte[] sealed = transports.outgoing();
            put(sealed, sender.rtcp(packet, offset, length, sealed));
        }
    }

    private void put(byte[] sealed, int length) {
        TransportTuple path = ice.chosen();
        if (path == null) {
            dropped.add(1);
            return;
        }
        packetsSent.add(1);
        bytesSent.add(length);
        path.put(sealed, length);
    }

    /** See {@link PeerTransport#flush}. */
    void flush() {
        TransportTuple path = ice.chosen();
        if (path != null) {
            path.flush();
        }
    }

    void dropped(int packets) {
        dropped.add(packets);
    }

    /**
     * Handles an SRTP or SRTCP packet, which begins at index 0. An authentic new one renews consent as a check does: libnice
     * and Pion send no checks while media flows.
     *
     * @param awaited whether to store it if there are no keys yet
     */
    void received(byte[] packet, int length, TransportTuple path, boolean awaited) {
        if (receiver == null) {
            if (!awaited || !early.keep(packet, length, path)) {
                transports.counters().junk.add(1);
            }
            return;
        }
        boolean rtcp = PacketDemultiplexer.isRtcp(packet[1]);
        int opened = rtcp ? receiver.rtcp(packet, length) : receiver.rtp(packet, length);
        if (opened < 0) {
            refuse(opened);
            return;
        }
        path.heard(transports.now());
        packetsReceived.add(1);
        bytesReceived.add(length);
        if (rtcp) {
            listener.onRtcp(packet, 0, opened);
        } else {
            listener.onRtp(packet, 0, opened);
        }
    }

    private void refuse(int why) {
        boolean again = why == SrtpReceiver.REPLAYED;
        (again ? transports.counters().replayed : transports.counters().forged).add(1);
        (again ? replayed : forged).add(1);
    }

    /** Handles what came before the keys. */
    void releaseEarly() {
        early.release((packet, length, path) -> received(packet, length, path, false));
    }

    /** Sends and accepts nothing any more. */
    void close() {
        sender = null;
        receiver = null;
        releaseEarly();
    }

    /**
     * What it has carried so far. Any thread.
     *
     * @param chosen where the peer is now, if it has come
     */
    TransportFigures figures(@Nullable TransportTuple chosen) {
        return new TransportFigures(
                Optional.ofNullable(chosen).map(TransportTuple::remote),
                chosen != null && chosen.tcp(),
                new Traffic(packetsSent.value(), bytesSent.value(), packetsReceived.value(), bytesReceived.value()),
                dropped.value(),
                forged.value(),
                replayed.value());
    }
}
