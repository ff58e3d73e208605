package dev.sightline.transport.webrtc.ice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses that peers are given. Safe for use by any thread. */
public final class LocalAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(LocalAddresses.class);
    private static final int MAX_ADDRESSES = 16;
    private static final int UDP_PREFERENCE = 126;
    private static final int TCP_PREFERENCE = 90;
    private static final int MAX_LOCAL_PREFERENCE = 65_535;

    /** RFC 6544 section 4.2: passive connections of hosts. */
    private static final int PASSIVE_PREFERENCE = 4 << 13;

    private static final int COMPONENT = 255;

    private final InetAddress bound;
    private final List<InetAddress> extra;
    private final int port;
    private final boolean tcp;

    /**
     * Finds the addresses to offer.
     *
     * @param bound the address the port is bound to, perhaps all addresses
     * @param extra literals or names, which are resolved now
     * @param tcp whether TCP is served too
     */
    public LocalAddresses(InetAddress bound, List<String> extra, int port, boolean tcp) {
        this.bound = bound;
        this.extra = extra.stream().flatMap(name -> resolved(name).stream()).toList();
        this.port = port;
        this.tcp = tcp;
    }

    private static Optional<InetAddress> resolved(String name) {
        try {
            return Optional.of(InetAddress.getByName(name));
        } catch (UnknownHostException e) {
            LOG.warn("the address '{}' is not offered to browsers for media: its name cannot be resolved", name);
            return Optional.empty();
        }
    }

    /** UDP first, then TCP; in each group, the address that the peer has already reached comes first. */
    public List<Candidate> candidates(Optional<InetAddress> httpHost) {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        httpHost.filter(host -> !host.isAnyLocalAddress()).ifPresent(addresses::add);
        addresses.addAll(extra);
        addresses.addAll(own());
        List<InetAddress> all = addresses.stream().limit(MAX_ADDRESSES).toList();
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            long priority = priority(UDP_PREFERENCE, MAX_LOCAL_PREFERENCE - i);
            candidates.add(new Candidate(all.get(i), port, false, priority, i + 1));
        }
        for (int i = 0; tcp && i < all.size(); i++) {
            long priority = priority(TCP_PREFERENCE, PASSIVE_PREFERENCE + MAX_ADDRESSES - i);
            candidates.add(new Candidate(all.get(i), port, true, priority, MAX_ADDRESSES + i + 1));
        }
        return List.copyOf(candidates);
    }

    /** RFC 8445 section 5.1.2.1. */
    private static long priority(int type, int local) {
        return (long) type << 24 | (long) local << 8 | COMPONENT;
    }

    private List<InetAddress> own() {
        if (!bound.isAnyLocalAddress()) {
            return List.of(bound);
        }
        List<InetAddress> all = interfaces();
        List<InetAddress> others = all.stream()
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
        return others.isEmpty()
                ? all.stream().filter(InetAddress::isLoopbackAddress).toList()
                : others;
    }

    private static List<InetAddress> interfaces() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(LocalAddresses::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList();
        } catch (IOException e) {
            LOG.warn("this computer's own addresses cannot be read", e);
            return List.of();
        }
    }

    private static boolean isUp(NetworkInterface each) {
        try {
            return each.isUp();
        } catch (IOException e) {
            return false;
        }
    }
}
