package dev.sightline.transport.webrtc.link;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Links that hold something of which there is only so much, by the addresses that asked for them. Where there is too little, one of
 * the address that holds most gives way, so that nobody takes everything from everybody. Used by one thread at a time.
 */
final class Crowd {
    private static final int NETWORK_BYTES = 8;

    private final Map<InetAddress, Set<Link>> byClient = new HashMap<>();
    private int size;

    void add(Link link) {
        if (byClient.computeIfAbsent(link.client(), unseen -> new HashSet<>()).add(link)) {
            size++;
        }
    }

    void remove(Link link) {
        Set<Link> links = byClient.get(link.client());
        if (links != null && links.remove(link)) {
            size--;
            if (links.isEmpty()) {
                byClient.remove(link.client());
            }
        }
    }

    int size() {
        return size;
    }

    /** How many of them are one address's. */
    int size(InetAddress client) {
        return of(client).size();
    }

    /** Of the address that has most of them, the one that has got no further for longest; empty if there is none at all. */
    Optional<Link> last() {
        int most = byClient.values().stream().mapToInt(Set::size).max().orElse(0);
        return byClient.values().stream()
                .filter(links -> links.size() == most)
                .flatMap(links -> last(links).stream())
                .min(Crowd::byProgress);
    }

    /** Of one address's, the one that has got no further for longest. */
    Optional<Link> last(InetAddress client) {
        return last(of(client));
    }

    private Set<Link> of(InetAddress client) {
        return byClient.getOrDefault(client, Set.of());
    }

    private static Optional<Link> last(Collection<Link> links) {
        return links.stream().min(Crowd::byProgress);
    }

    /** What stands for all addresses that one client may have: of IPv6 the network of 64 bits, of IPv4 the address itself. */
    static InetAddress client(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] network = address.getAddress();
        Arrays.fill(network, NETWORK_BYTES, network.length, (byte) 0);
        try {
            return InetAddress.getByAddress(network);
        } catch (UnknownHostException e) {
            throw new AssertionError("it has 16 bytes", e);
        }
    }

    private static int byProgress(Link one, Link other) {
        return Long.signum(one.progressNanos() - other.progressNanos());
    }
}
