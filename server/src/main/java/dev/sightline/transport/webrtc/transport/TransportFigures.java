package dev.sightline.transport.webrtc.transport;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What went over a {@link PeerTransport} so far.
 *
 * @param remote where the peer is at present, if it has come
 * @param tcp whether it is reached over TCP
 * @param traffic SRTP and SRTCP packets: those put on the way, the dropped ones among them, and the authentic ones that came
 * @param dropped packets not sent, because the network took no more
 * @param forged packets thrown away that were not authentic
 * @param replayed packets thrown away that had come before
 */
public record TransportFigures(
        Optional<InetSocketAddress> remote, boolean tcp, Traffic traffic, long dropped, long forged, long replayed) {}
