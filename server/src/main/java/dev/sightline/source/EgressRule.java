package dev.sightline.source;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a server may lead its readers, by redirects, playlists and the like: anywhere except to this computer, and to its
 * neighbours by link-local addresses, unless the server itself is there. A camera must not use this program to reach what only
 * this computer can reach (CWE-918).
 *
 * <p>It judges numeric addresses, never names: ask about the very address to which you then connect. Immutable.
 */
public final class EgressRule {
    private static final int NAT64_BYTES = 12;
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] COMPATIBLE = new byte[NAT64_BYTES];

    private static final Pattern NUMBER = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*|\\d{1,3}(\\.\\d{1,3}){3}");

    private final Place home;

    /** What an address is in relation to this computer. */
    private enum Place {
        ELSEWHERE("elsewhere"),
        LOOPBACK("this computer's own loopback"),
        OWN("an address of this computer"),
        LINK_LOCAL("a link-local address"),
        NOBODY("an address of no single computer");

        final String words;

        Place(String words) {
            this.words = words;
        }
    }

    private EgressRule(Place home) {
        this.home = home;
    }

    /** The rule for a server at this address. */
    public static EgressRule ofServerAt(InetAddress address) {
        return new EgressRule(place(address));
    }

    /** Whether a server may lead to an address. */
    public boolean allows(InetAddress address) {
        Place place = place(address);
        return switch (place) {
            case ELSEWHERE -> true;
            case NOBODY -> false;
            case OWN -> home == Place.OWN || home == Place.LOOPBACK;
            case LOOPBACK, LINK_LOCAL -> home == place;
        };
    }

    /** Whether a server may lead to a numeric address; false for names, which are not resolved here. */
    public boolean allowsNumber(String address) {
        try {
            return NUMBER.matcher(address.strip()).matches() && allows(InetAddress.getByName(address.strip()));
        } catch (UnknownHostException noNumber) {
            return false;
        }
    }

    /**
     * The addresses of a host that may be connected to.
     *
     * @param rule which are allowed; empty if all are
     * @throws IOException if the host is unknown, or none is allowed
     */
    public static List<InetAddress> allowed(String host, Optional<EgressRule> rule) throws IOException {
        InetAddress[] all = InetAddress.getAllByName(host);
        List<InetAddress> allowed = Arrays.stream(all)
                .filter(each -> rule.isEmpty() || rule.get().allows(each))
                .toList();
        if (allowed.isEmpty()) {
            throw new IOException("it " + refusal(all[0]));
        }
        return allowed;
    }

    /** Why an address is not allowed, in words that fit after "it". */
    static String refusal(InetAddress address) {
        return "leads to " + address.getHostAddress() + ", " + place(address).words
                + ": only a source that is there itself may do that";
    }

    private static Place place(InetAddress address) {
        InetAddress real = embedded(address);
        // Connecting to the unspecified address reaches loopback.
        if (real.isLoopbackAddress() || real.isAnyLocalAddress() || real.getAddress()[0] == 0 && isIpv4(real)) {
            return Place.LOOPBACK;
        }
        if (real.isMulticastAddress() || isIpv4(real) && (real.getAddress()[0] & 0xFF) >= 240) {
            return Place.NOBODY;
        }
        if (real.isLinkLocalAddress()) {
            return Place.LINK_LOCAL;
        }
        return isOwn(real) ? Place.OWN : Place.ELSEWHERE;
    }

    /** IPv4 within IPv6 by NAT64 (RFC 6052), 6to4 (RFC 3056) or as "compatible"; Java turns mapped ones into IPv4 already. */
    private static InetAddress embedded(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (isIpv4(address) || address.isLoopbackAddress()) {
            return address;
        }
        if (bytes[0] == 0x20 && bytes[1] == 0x02) {
            return ipv4(bytes, 2);
        }
        byte[] start = Arrays.copyOf(bytes, NAT64_BYTES);
        return Arrays.equals(start, NAT64) || Arrays.equals(start, COMPATIBLE) ? ipv4(bytes, NAT64_BYTES) : address;
    }

    private static InetAddress ipv4(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean isIpv4(InetAddress address) {
        return address instanceof Inet4Address;
    }

    private static boolean isOwn(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return true;
        }
    }
}
