package dev.sightline.http.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The client for limits per address: an IPv4 address, or the first half of an IPv6 address, since a client owns all addresses
 * with the same half. It is the other end of the connection, or the client that a trusted proxy names. Good for limits, not for
 * authorization.
 *
 * @param address for IPv6, of the whole network
 * @param isExempt whether its connections are unlimited: programs of this computer, and a proxy that names no client
 */
public record ClientAddress(InetAddress address, boolean isExempt) {
    private static final int NETWORK_BYTES = 8;

    static ClientAddress of(InetAddress address, boolean isExempt) {
        return new ClientAddress(shared(address), isExempt);
    }

    /** Stands for all addresses that one client may have: the network of 64 bits for IPv6, the address itself for IPv4. */
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

    /** Its name, if it has limits. */
    public Optional<String> limited() {
        return isExempt ? Optional.empty() : Optional.of(name());
    }

    @Override
    public String toString() {
        return name();
    }
}
