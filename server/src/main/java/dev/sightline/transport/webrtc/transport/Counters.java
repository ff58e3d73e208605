package dev.sightline.transport.webrtc.transport;

import dev.sightline.metrics.SingleWriterCounter;

/** The media thread's counters for the whole port; see {@link MediaTotals}. */
final class Counters {
    final SingleWriterCounter packetsReceived = new SingleWriterCounter();
    final SingleWriterCounter bytesReceived = new SingleWriterCounter();
    final SingleWriterCounter packetsSent = new SingleWriterCounter();
    final SingleWriterCounter bytesSent = new SingleWriterCounter();
    final SingleWriterCounter junk = new SingleWriterCounter();
    final SingleWriterCounter unknownUfrag = new SingleWriterCounter();
    final SingleWriterCounter badIntegrity = new SingleWriterCounter();
    final SingleWriterCounter replayedChecks = new SingleWriterCounter();
    final SingleWriterCounter forged = new SingleWriterCounter();
    final SingleWriterCounter replayed = new SingleWriterCounter();
    final SingleWriterCounter withheld = new SingleWriterCounter();
    final SingleWriterCounter droppedUdp = new SingleWriterCounter();
    final SingleWriterCounter droppedTcp = new SingleWriterCounter();
    final SingleWriterCounter handshakesEvicted = new SingleWriterCounter();
    final SingleWriterCounter strangersEvicted = new SingleWriterCounter();
    final SingleWriterCounter tcpConnections = new SingleWriterCounter();
    final SingleWriterCounter timedOutConnecting = new SingleWriterCounter();
    final SingleWriterCounter timedOutSilent = new SingleWriterCounter();
    final SingleWriterCounter connected = new SingleWriterCounter();
}
