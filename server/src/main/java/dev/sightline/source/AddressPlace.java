package dev.sightline.source;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;

/** What an IP address is in relation to this computer. */
enum AddressPlace {
    ELSEWHERE("elsewhere"),
    LOOPBACK("this computer's own loopback"),
    OWN("an address of this computer"),
    LINK_LOCAL("a link-local address"),
    METADATA("where a cloud keeps this computer's credentials"),
    NOBODY("an address of no single computer");

    /**
     * Metadata services outside the link-local networks: Alibaba's, Azure's, Oracle's, and Amazon's by IPv6. Those at
     * 169.254.169.254 are link-local.
     */
    private static final Set<String> METADATA_SERVICES =
            Set.of("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2:0:0:0:0:0:254");

    private static final int PREFIX_BYTES = 12;
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] COMPATIBLE = new byte[PREFIX_BYTES];
    /** The prefix for a network's own NAT64 (RFC 8215): six bytes. */
    private static final byte[] LOCAL_NAT64 = {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 1};

    private final String words;

    AddressPlace(String words) {
        this.words = words;
    }

    /** What it is, in words that fit after "the address". */
    String words() {
        return words;
    }

    /** What an address is; of IPv4 within IPv6, what the inner address is. */
    static AddressPlace of(InetAddress address) {
        InetAddress real = embedded(address);
        // Connecting to the unspecified address reaches loopback.
        if (real.isLoopbackAddress() || real.isAnyLocalAddress() || real.getAddress()[0] == 0 && isIpv4(real)) {
            return LOOPBACK;
        }
        if (real.isMulticastAddress() || isIpv4(real) && (real.getAddress()[0] & 0xFF) >= 240) {
            return NOBODY;
        }
        if (METADATA_SERVICES.contains(real.getHostAddress())) {
            return METADATA;
        }
        if (real.isLinkLocalAddress()) {
            return LINK_LOCAL;
        }
        return isOwn(real) ? OWN : ELSEWHERE;
    }

    /**
     * IPv4 within IPv6 by NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056), Teredo (RFC 4380), ISATAP (RFC 5214) or as
     * "compatible"; Java turns mapped ones into IPv4 already.
     */
    static InetAddress embedded(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (isIpv4(address) || address.isLoopbackAddress()) {
            return address;
        }
        if (bytes[0] == 0x20 && bytes[1] == 0x02) {
            return ipv4(bytes, 2);
        }
        if (bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0) {
            return ipv4(inverted(bytes), PREFIX_BYTES);
        }
        byte[] start = Arrays.copyOf(bytes, PREFIX_BYTES);
        boolean last = Arrays.equals(start, NAT64)
                || Arrays.equals(start, COMPATIBLE)
                || Arrays.equals(Arrays.copyOf(bytes, LOCAL_NAT64.length), LOCAL_NAT64)
                || (bytes[8] & 0xFD) == 0 && bytes[9] == 0 && bytes[10] == 0x5E && (bytes[11] & 0xFF) == 0xFE;
        return last ? ipv4(bytes, PREFIX_BYTES) : address;
    }

    private static byte[] inverted(byte[] bytes) {
        byte[] inverted = bytes.clone();
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = (byte) ~inverted[i];
        }
        return inverted;
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
