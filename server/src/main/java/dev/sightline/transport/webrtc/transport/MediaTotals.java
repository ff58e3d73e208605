package dev.sightline.transport.webrtc.transport;

/**
 * What a {@link MediaPort} has done so far. "Packets" are datagrams, or frames on TCP.
 *
 * @param transports transports open at present
 * @param transportsRefused those that were not let in, because there were as many as may be
 * @param transportsEvicted those that gave way to others before their peers had connected
 * @param timedOutConnecting those whose peers did not connect in time
 * @param timedOutSilent those whose peers were connected and fell silent
 * @param connected those of them over which media can flow
 * @param tcpConnections TCP connections at present
 * @param tcpEvicted TCP connections that gave way to others before they belonged to a transport
 * @param handshakesRunning DTLS handshakes under way
 * @param handshakesDone those that succeeded
 * @param handshakesFailed those that did not
 * @param handshakesEvicted those of them that gave way to others
 * @param packetsReceived all that came
 * @param bytesReceived their bytes
 * @param packetsSent all that went
 * @param bytesSent their bytes
 * @param junk packets that belong to no transport, or are nothing this port speaks
 * @param unknownUfrag ICE checks for a transport that does not exist, or no longer
 * @param badIntegrity ICE checks that were not signed with the transport's password
 * @param replayedChecks ICE checks that had come before, from elsewhere
 * @param forged SRTP packets that were not authentic
 * @param replayed SRTP packets that had come before
 * @param droppedUdp packets not sent because the network took no more
 * @param droppedTcp the same, for peers on TCP
 * @param withheld packets not sent at once, since they were too many for where the peer had not shown to be
 * @param segmentation whether the kernel splits runs of packets (UDP GSO)
 */
public record MediaTotals(
        int transports,
        long transportsRefused,
        long transportsEvicted,
        long timedOutConnecting,
        long timedOutSilent,
        int connected,
        int tcpConnections,
        long tcpEvicted,
        int handshakesRunning,
        long handshakesDone,
        long handshakesFailed,
        long handshakesEvicted,
        long packetsReceived,
        long bytesReceived,
        long packetsSent,
        long bytesSent,
        long junk,
        long unknownUfrag,
        long badIntegrity,
        long replayedChecks,
        long forged,
        long replayed,
        long droppedUdp,
        long droppedTcp,
        long withheld,
        boolean segmentation) {}
