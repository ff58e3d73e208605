package dev.sightline.source;

import dev.sightline.access.CidrBlock;
import dev.sightline.processor.Parameter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if one of {@code allowed} is neither host nor network
     */
    public EgressSettings {
        allowed = List.copyOf(allowed);
        for (String each : allowed) {
            if (CidrBlock.of(each).isEmpty() && !HOST.matcher(each.strip()).matches()) {
                throw new IllegalArgumentException("egress: allowed takes hosts, addresses and networks, as cam.local,"
                        + " 127.0.0.1 or 10.0.0.0/8; '" + each + "' is none of them");
            }
        }
    }

    /** Whether a host is allowed by its name. */
    boolean hasHost(String host) {
        String name = name(host);
        return allowed.stream()
                .filter(each -> CidrBlock.of(each).isEmpty())
                .anyMatch(each -> name(each).equals(name));
    }

    /** Whether one of the networks has the address, or the IPv4 address within it. */
    boolean hasNetworkOf(InetAddress address) {
        InetAddress inner = AddressPlace.embedded(address);
        return allowed.stream()
                .flatMap(each -> CidrBlock.of(each).stream())
                .anyMatch(block -> block.has(address) || block.has(inner));
    }

    /** The folder whose files may be played; empty if none may. */
    Optional<Path> folder(Path base) {
        return files.strip().equals("none") ? Optional.empty() : Optional.of(base.resolve(files.strip()));
    }

    private static String name(String host) {
        return host.strip().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    }
}
