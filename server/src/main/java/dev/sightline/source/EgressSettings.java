package dev.sightline.source;

import dev.sightline.processor.Parameter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where sources may lead that the API adds or changes.
 *
 * @param allowed hosts, addresses and networks that would otherwise be refused
 * @param files the folder of the files that they may play, relative to the configuration
 */
public record EgressSettings(
        @Parameter(
                "Hosts, addresses and networks they may lead to although these are near this computer: localhost, 169.254.7.0/24.")
        List<String> allowed,

        @Parameter(
                value = "The folder whose files they may play, relative to this file; none for no files.",
                byDefault = ".")
        String files) {

    /** The defaults. */
    public static final EgressSettings DEFAULTS = new EgressSettings(List.of(), ".");

    private static final Pattern HOST = Pattern.compile("(?=.*[A-Za-z])[\\w-]+(?:\\.[\\w-]+)*\\.?");
    private static final Pattern NUMBER = Pattern.compile("([0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if one of {@code allowed} is neither host nor network
     */
    public EgressSettings {
        allowed = List.copyOf(allowed);
        for (String each : allowed) {
            if (Network.of(each).isEmpty() && !HOST.matcher(each.strip()).matches()) {
                throw new IllegalArgumentException("egress: allowed takes hosts, addresses and networks, as cam.local,"
                        + " 127.0.0.1 or 10.0.0.0/8; '" + each + "' is none of them");
            }
        }
    }

    /** Whether a host is allowed by its name. */
    boolean hasHost(String host) {
        String name = name(host);
        return allowed.stream()
                .filter(each -> Network.of(each).isEmpty())
                .anyMatch(each -> name(each).equals(name));
    }

    /** Whether one of the networks has the address, or the IPv4 address within it. */
    boolean hasNetworkOf(InetAddress address) {
        InetAddress inner = AddressPlace.embedded(address);
        return allowed.stream()
                .flatMap(each -> Network.of(each).stream())
                .anyMatch(network -> network.has(address) || network.has(inner));
    }

    /** The folder whose files may be played; empty if none may. */
    Optional<Path> folder(Path base) {
        return files.strip().equals("none") ? Optional.empty() : Optional.of(base.resolve(files.strip()));
    }

    private static String name(String host) {
        return host.strip().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    }

    /** All addresses with the same first bits. */
    private record Network(InetAddress first, int bits) {
        static Optional<Network> of(String written) {
            Matcher parts = NUMBER.matcher(written.strip());
            if (!parts.matches() || !parts.group(1).contains(":") && !isIpv4(parts.group(1))) {
                return Optional.empty();
            }
            try {
                InetAddress first = InetAddress.getByName(parts.group(1));
                int most = first.getAddress().length * Byte.SIZE;
                int bits = parts.group(2) == null ? most : Integer.parseInt(parts.group(2));
                return Optional.of(new Network(first, bits)).filter(network -> bits <= most);
            } catch (UnknownHostException e) {
                return Optional.empty();
            }
        }

        private static boolean isIpv4(String text) {
            return text.matches("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
        }

        boolean has(InetAddress other) {
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
}
