package dev.sightline.transport.webrtc.transport;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What went over a {@link PeerTransport} so far.
 *
 * @param remote where the peer is at present, if it has come
 * @param tcp whether it is reached over TCP
 * @param packetsSent SRTP and SRTCP packets put on the way, those dropped among them
 * @param bytesSent their bytes, encryption included, IP and UDP not
 * @param packetsReceived authentic ones
 * @param bytesReceived their bytes, as above
 * @param dropped packets not sent, because the network took no more
 * @param forged packets thrown away that were not authentic
 * @param replayed packets thrown away that had come before
 */
public record TransportFigures(
        Optional<InetSocketAddress> remote,
        boolean tcp,
        long packetsSent,
        long bytesSent,
        long packetsReceived,
        long bytesReceived,
        long dropped,
        long forged,
        long replayed) {}
