package dev.sightline.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whom the limits for one address count: an IPv4 address, or the first half of an IPv6 address, since whoever has one has
 * all that begin like it. It is the other end of the connection, or behind a trusted proxy the client that the proxy
 * names. Good for limits, not for rights.
 *
 * @param name the address, or the network as {@code 2001:db8:0:1:0:0:0:0/64}
 * @param isExempt whether its number of connections is not limited: programs of this computer, and a proxy that names
 *     nobody
 */
public record ClientAddress(String name, boolean isExempt) {
    private static final int NETWORK_BYTES = 8;

    static ClientAddress of(InetAddress address, boolean isExempt) {
        // Link-local addresses of all neighbours begin alike.
        boolean wide = address instanceof Inet6Address && !address.isLinkLocalAddress();
        return new ClientAddress(wide ? network(address) + "/64" : address.getHostAddress(), isExempt);
    }

    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError("it has as many bytes as before", e);
        }
    }

    /** Its name, where what it may have is limited. */
    public Optional<String> limited() {
        return isExempt ? Optional.empty() : Optional.of(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
