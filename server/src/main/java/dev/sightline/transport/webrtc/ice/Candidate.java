package dev.sightline.transport.webrtc.ice;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * One address at which this server takes media, as an SDP offers it (RFC 8839).
 *
 * @param address a literal is written, never a name
 * @param port of UDP or TCP
 * @param tcp whether it is TCP, to be opened by the peer (RFC 6544), instead of UDP
 * @param priority the greater, the sooner a peer uses it
 * @param foundation the same for candidates of one address and protocol
 */
public record Candidate(InetAddress address, int port, boolean tcp, long priority, int foundation) {
    private static final int MEDIA_COMPONENT = 1;

    /** As in the SDP, from {@code candidate:} on. */
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
