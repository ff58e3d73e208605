package dev.sightline.transport.webrtc.link;

/** What the media thread counts for the whole port; see {@link MediaTotals}. */
final class Counters {
    final Tally packetsReceived = new Tally();
    final Tally bytesReceived = new Tally();
    final Tally packetsSent = new Tally();
    final Tally bytesSent = new Tally();
    final Tally junk = new Tally();
    final Tally unknownUfrag = new Tally();
    final Tally badIntegrity = new Tally();
    final Tally replayedChecks = new Tally();
    final Tally forged = new Tally();
    final Tally replayed = new Tally();
    final Tally withheld = new Tally();
    final Tally droppedUdp = new Tally();
    final Tally droppedTcp = new Tally();
    final Tally handshakesDone = new Tally();
    final Tally handshakesFailed = new Tally();
    final Tally handshakesEvicted = new Tally();
    final Tally handshakesRunning = new Tally();
    final Tally strangersEvicted = new Tally();
    final Tally tcpConnections = new Tally();
    final Tally connected = new Tally();
}
