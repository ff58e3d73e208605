package dev.sightline.transport.webrtc.ice;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * One address at which this server receives media, as an SDP offers it (RFC 8839).
 *
 * @param address written as a literal, never as a name
 * @param port of UDP or TCP
 * @param tcp whether it is TCP, opened by the peer (RFC 6544), instead of UDP
 * @param priority the greater, the sooner a peer uses it
 * @param foundation the same for candidates of one address and protocol
 */
public record Candidate(InetAddress address, int port, boolean tcp, long priority, int foundation) {
    private static final int MEDIA_COMPONENT = 1;

    /** The SDP form, from {@code candidate:} on. */
    public String toSdp() {
        return "candidate:" + foundation + ' ' + MEDIA_COMPONENT + ' ' + (tcp ? "tcp " : "udp ") + priority + ' '
                + literal() + ' ' + port + " typ host" + (tcp ? " tcptype passive" : "");
    }

    private String literal() {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return address instanceof Inet6Address && scope >= 0 ? text.substring(0, scope) : text;
    }
}
