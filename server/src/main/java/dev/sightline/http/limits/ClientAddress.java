package dev.sightline.http.limits;

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
 * @param address in IPv6 of the whole network
 * @param isExempt whether its number of connections is not limited: programs of this computer, and a proxy that names
 *     nobody
 */
public record ClientAddress(InetAddress address, boolean isExempt) {
    private static final int NETWORK_BYTES = 8;

    static ClientAddress of(InetAddress address, boolean isExempt) {
        return new ClientAddress(shared(address), isExempt);
    }

    /** What stands for all addresses that one client may have: in IPv6 the network of 64 bits, in IPv4 the address itself. */
    public static InetAddress shared(InetAddress address) {
        if (!isOfNetwork(address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("it has as many bytes as before", e);
        }
    }

    /** Link-local addresses of all neighbours begin alike. */
    private static boolean isOfNetwork(InetAddress address) {
        return address instanceof Inet6Address && !address.isLinkLocalAddress();
    }

    /** The address, or the network as {@code 2001:db8:0:1:0:0:0:0/64}. */
    public String name() {
        return address.getHostAddress() + (isOfNetwork(address) ? "/64" : "");
    }

    /** Its name, where what it may have is limited. */
    public Optional<String> limited() {
        return isExempt ? Optional.empty() : Optional.of(name());
    }

    @Override
    public String toString() {
        return name();
    }
}
