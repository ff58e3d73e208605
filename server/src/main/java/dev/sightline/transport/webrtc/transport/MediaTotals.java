package dev.sightline.transport.webrtc.transport;

/**
 * What a {@link MediaPort} has done so far. "Packets" are datagrams, or frames on TCP.
 *
 * @param transports the transports of all peers
 * @param tcp TCP connections
 * @param handshakes DTLS handshakes
 * @param traffic all that went and came
 * @param refused what came and was thrown away
 * @param unsent what was to go and did not, or not at once
 */
public record MediaTotals(
        Transports transports, Tcp tcp, Handshakes handshakes, Traffic traffic, Refused refused, Unsent unsent) {

    /**
     * The transports of all peers.
     *
     * @param open at present
     * @param connected those of them over which media can flow
     * @param refused those that were not let in, because there were as many as may be
     * @param evicted those that gave way to others before their peers had connected
     * @param timedOutConnecting those whose peers did not connect in time
     * @param timedOutSilent those whose peers were connected and fell silent
     */
    public record Transports(
            int open, int connected, long refused, long evicted, long timedOutConnecting, long timedOutSilent) {}

    /**
     * TCP connections.
     *
     * @param connections at present
     * @param evicted those that gave way to others before they belonged to a transport
     */
    public record Tcp(int connections, long evicted) {}

    /**
     * DTLS handshakes.
     *
     * @param running under way
     * @param done those that succeeded
     * @param failed those that did not
     * @param evicted those of them that gave way to others
     */
    public record Handshakes(int running, long done, long failed, long evicted) {}

    /**
     * Packets that were thrown away.
     *
     * @param junk packets that belong to no transport, or are nothing this port speaks
     * @param unknownUfrag ICE checks for a transport that does not exist, or no longer
     * @param badIntegrity ICE checks that were not signed with the transport's password
     * @param replayedChecks ICE checks that had come before, from elsewhere
     * @param forged SRTP packets that were not authentic
     * @param replayed SRTP packets that had come before
     */
    public record Refused(
            long junk, long unknownUfrag, long badIntegrity, long replayedChecks, long forged, long replayed) {}

    /**
     * Packets that did not go.
     *
     * @param udp because the network took no more
     * @param tcp the same, for peers on TCP
     * @param withheld not at once, since they were too many for where the peer had not shown to be
     */
    public record Unsent(long udp, long tcp, long withheld) {}
}
