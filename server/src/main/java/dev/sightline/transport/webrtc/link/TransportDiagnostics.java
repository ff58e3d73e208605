package dev.sightline.transport.webrtc.link;

import java.net.InetSocketAddress;
import java.time.Duration;

/** What people are told about transports. */
final class TransportDiagnostics {
    static final String WRONG_FINGERPRINT =
            "wrong fingerprint: the peer has shown another certificate than its SDP named";
    static final String GAVE_WAY = "others wait for a place, and the peer had not connected yet";
    static final String PEER_LEFT = "the peer has left";
    static final String FAULT = "a fault of the server: its log says more";
    static final String SERVER_CLOSES = "the server is closing";

    private TransportDiagnostics() {}

    static String waiting(int port, boolean unsigned) {
        return unsigned
                ? "packets arrive on port " + port + ", but none is signed with this session's password"
                : "no packet has arrived on UDP " + port + " yet";
    }

    static String reached() {
        return "the peer's packets arrive, and DTLS is to begin";
    }

    static String securing() {
        return "the peer's packets arrive, and DTLS is under way";
    }

    static String connected(InetSocketAddress remote, boolean tcp) {
        return "connected over " + (tcp ? "TCP" : "UDP") + " with "
                + remote.getAddress().getHostAddress() + " port " + remote.getPort();
    }

    static String neverCame(int port, boolean unsigned, Duration after) {
        return unsigned
                ? "packets arrived on port " + port + ", but within " + seconds(after)
                        + " none was signed with this session's password: the peer has another session's answer"
                : "no packet arrived on UDP " + port + " within " + seconds(after)
                        + ": a firewall, or a container's port that is not published";
    }

    static String noDtls(int port, Duration after) {
        return "packets arrived on port " + port + ", but DTLS did not begin within " + seconds(after)
                + ": what this server answers does not reach the peer, or the peer has not taken the answer";
    }

    static String dtlsUnfinished(int port, Duration after) {
        return "packets arrived on port " + port + ", but DTLS did not finish within " + seconds(after);
    }

    static String dtlsFailed(String why) {
        return why.equals(WRONG_FINGERPRINT) ? why : "DTLS failed: " + why;
    }

    static String silent(Duration after) {
        return "the peer fell silent: no ICE check and no media for " + seconds(after);
    }

    private static String seconds(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
