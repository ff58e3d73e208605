package dev.sightline.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All addresses with the same first bits (RFC 4632).
 *
 * @param first one of them
 * @param bits how many of its bits they share
 */
public record CidrBlock(InetAddress first, int bits) {
    private static final Pattern WRITTEN = Pattern.compile("([0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

    /** Reads an address, or a block such as {@code 10.0.0.0/8}; empty if it is neither. No name is looked up. */
    public static Optional<CidrBlock> of(String written) {
        Matcher parts = WRITTEN.matcher(written.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        String address = parts.group(1);
        if (!address.contains(":") && !IPV4.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            InetAddress first = InetAddress.getByName(address);
            int most = first.getAddress().length * Byte.SIZE;
            int bits = parts.group(2) == null ? most : Integer.parseInt(parts.group(2));
            return Optional.of(new CidrBlock(first, bits)).filter(block -> bits <= most);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether an address is one of them. */
    public boolean has(InetAddress other) {
        byte[] mine = first.getAddress();
        byte[] others = other.getAddress();
        if (mine.length != others.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((mine[bit / Byte.SIZE] ^ others[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
