package dev.sightline.http.limits;

import dev.sightline.access.CidrBlock;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides who may name the client of a request: programs of this computer, which could use any loopback address anyway, and
 * configured proxies. Of the field {@code X-Forwarded-For} it takes the last address that is none of these: what precedes it
 * may be forged.
 */
public final class TrustedProxies {
    private static final int MOST_HOPS = 16;
    /** Some proxies add the client's port. */
    private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+):[0-9]+|\\[([^]]+)](?::[0-9]+)?");

    private final List<CidrBlock> networks;

    /**
     * Takes addresses, and networks such as {@code 10.0.0.0/8}.
     *
     * @throws IllegalArgumentException if one is neither
     */
    public TrustedProxies(List<String> written) {
        networks = written.stream().map(TrustedProxies::block).toList();
    }

    private static CidrBlock block(String written) {
        return CidrBlock.of(written)
                .orElseThrow(
                        () -> new IllegalArgumentException("trusted-proxies are addresses or networks, as 192.0.2.7"
                                + " or 10.0.0.0/8; '" + written + "' is neither"));
    }

    /** The client of a connection before its first request. */
    public ClientAddress client(InetAddress peer) {
        return ClientAddress.of(peer, trusts(peer));
    }

    /** The client of a request on a connection of {@code peer}. */
    public ClientAddress client(InetAddress peer, List<String> forwardedFor) {
        InetAddress last = peer;
        String hops = String.join(",", forwardedFor);
        for (int i = 0; i < MOST_HOPS && trusts(last) && !hops.isEmpty(); i++) {
            int comma = hops.lastIndexOf(',');
            Optional<InetAddress> hop = address(hops.substring(comma + 1).strip());
            if (hop.isEmpty()) {
                break;
            }
            last = hop.get();
            hops = hops.substring(0, Math.max(0, comma));
        }
        return client(last);
    }

    private boolean trusts(InetAddress peer) {
        return peer.isLoopbackAddress() || areConfigured(peer);
    }

    /** Whether this is one of the configured proxies: a program of this computer is none unless it was named. */
    public boolean areConfigured(InetAddress peer) {
        return networks.stream().anyMatch(network -> network.has(peer));
    }

    private static Optional<InetAddress> address(String text) {
        Matcher port = WITH_PORT.matcher(text);
        String bare = !port.matches() ? text : port.group(1) == null ? port.group(2) : port.group(1);
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(bare);
        try {
            return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
