package dev.sightline.transport.webrtc.transport;

import dev.sightline.transport.webrtc.dtls.PeerCertificate;
import dev.sightline.transport.webrtc.ice.TransportTuple;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Explains transports to people. */
final class TransportDiagnostics {
    static final String GAVE_WAY = "others wait for a place, and the peer had not connected yet";
    static final String PEER_LEFT = "the peer has left";
    static final String FAULT = "a fault of the server: its log says more";
    static final String SERVER_CLOSES = "the server is closing";

    private TransportDiagnostics() {}

    /** How far it has come. */
    static String open(TransportState state, int port, boolean unsigned, @Nullable TransportTuple chosen) {
        return switch (state) {
            case WAITING ->
                unsigned
                        ? "packets arrive on port " + port + ", but none is signed with this session's password"
                        : "no packet has arrived on UDP " + port + " yet";
            case REACHED -> "the peer's packets arrive, and DTLS is to begin";
            case SECURING -> "the peer's packets arrive, and DTLS is under way";
            default -> connected(chosen);
        };
    }

    /** @param chosen where media goes; null once a TCP connection is lost */
    private static String connected(@Nullable TransportTuple chosen) {
        return chosen == null
                ? "connected, and its TCP connection is lost"
                : "connected over " + (chosen.tcp() ? "TCP" : "UDP") + " with "
                        + chosen.remote().getAddress().getHostAddress() + " port "
                        + chosen.remote().getPort();
    }

    /** The peer has not connected in time. */
    static String late(TransportState state, int port, boolean unsigned, Duration after) {
        return switch (state) {
            case WAITING -> neverCame(port, unsigned, after);
            case REACHED -> noDtls(port, after);
            default -> dtlsUnfinished(port, after);
        };
    }

    private static String neverCame(int port, boolean unsigned, Duration after) {
        return unsigned
                ? "packets arrived on port " + port + ", but within " + seconds(after)
                        + " none was signed with this session's password: the peer has another session's answer"
                : "no packet arrived on UDP " + port + " within " + seconds(after)
                        + ": a firewall, or a container's port that is not published";
    }

    private static String noDtls(int port, Duration after) {
        return "packets arrived on port " + port + ", but DTLS did not begin within " + seconds(after)
                + ": what this server answers does not reach the peer, or the peer has not taken the answer";
    }

    private static String dtlsUnfinished(int port, Duration after) {
        return "packets arrived on port " + port + ", but DTLS did not finish within " + seconds(after);
    }

    /** @param why part of a sentence; empty if it timed out */
    static String dtlsFailed(String why, int port, Duration after) {
        if (why.isEmpty()) {
            return dtlsUnfinished(port, after);
        }
        return why.equals(PeerCertificate.WRONG_FINGERPRINT) ? why : "DTLS failed: " + why;
    }

    static String silent(Duration after) {
        return "the peer fell silent: no ICE check and no media for " + seconds(after);
    }

    private static String seconds(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
