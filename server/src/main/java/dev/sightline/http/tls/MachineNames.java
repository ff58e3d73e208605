package dev.sightline.http.tls;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names and addresses of this machine: the subject alternative names of its certificate.
 *
 * @param names host names, in lower case
 * @param addresses in numbers, as {@link InetAddress#getHostAddress} writes them, without a scope
 */
public record MachineNames(Set<String> names, Set<String> addresses) {
    private static final Pattern HOST_NAME =
            Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*+");

    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*");

    /** Internal networks of containers and virtual machines. */
    private static final Pattern INNER = Pattern.compile("(docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|lxc|lxd).*");

    /** Copies the sets, in alphabetical order. */
    public MachineNames {
        names = sorted(names);
        addresses = sorted(addresses);
    }

    /** The current ones; asks the machine's own resolver for its name, and no server for anything else. */
    public static MachineNames present() {
        Set<String> names = new LinkedHashSet<>(Set.of("localhost"));
        hostName().ifPresent(host -> {
            names.add(host);
            names.add(host.replaceFirst("\\..*", "") + ".local");
        });
        Set<String> addresses = new LinkedHashSet<>(Set.of("127.0.0.1", "0:0:0:0:0:0:0:1"));
        interfaces()
                .forEach(each -> each.inetAddresses().map(MachineNames::text).forEach(addresses::add));
        return new MachineNames(names, addresses);
    }

    /**
     * These and further ones.
     *
     * @throws TlsException if one is neither a host name nor an address in numbers
     */
    MachineNames with(Collection<String> further) {
        Set<String> moreNames = new LinkedHashSet<>(names);
        Set<String> moreAddresses = new LinkedHashSet<>(addresses);
        for (String each : further) {
            String word = each.toLowerCase(Locale.ROOT);
            if (NUMBERS.matcher(word).matches()) {
                moreAddresses.add(address(word));
            } else if (HOST_NAME.matcher(word).matches()) {
                moreNames.add(word);
            } else {
                throw new TlsException("'" + each + "' is neither the name of a host nor an address:"
                        + " write it without scheme, port and path, as in cam.example.org");
            }
        }
        return new MachineNames(moreNames, moreAddresses);
    }

    private static String address(String numbers) {
        try {
            return text(InetAddress.getByName(numbers)); // numeric addresses need no resolution
        } catch (UnknownHostException e) {
            throw new TlsException("'" + numbers + "' is not an address", e);
        }
    }

    /**
     * The address at which other machines of the network most likely reach a server on this one.
     *
     * @param bound where it listens; a server that listens only on the loopback address is not reachable
     */
    public static Optional<InetAddress> lanAddress(InetAddress bound) {
        if (!bound.isAnyLocalAddress()) {
            return bound.isLoopbackAddress() ? Optional.empty() : Optional.of(bound);
        }
        return interfaces().stream()
                .filter(each -> !INNER.matcher(each.getName()).matches())
                .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                .flatMap(NetworkInterface::inetAddresses)
                .filter(each -> !each.isLoopbackAddress() && !each.isLinkLocalAddress())
                .min(Comparator.comparingInt(MachineNames::rank));
    }

    /** Whether a certificate for these also covers the others. */
    boolean include(MachineNames others) {
        return names.containsAll(others.names) && addresses.containsAll(others.addresses);
    }

    private static int rank(InetAddress address) {
        boolean four = address instanceof Inet4Address;
        return four && address.isSiteLocalAddress() ? 0 : four ? 1 : 2;
    }

    private static Optional<String> hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            boolean fits = HOST_NAME.matcher(name).matches() && name.length() <= 253 && !name.matches("[0-9.]+");
            return fits && !name.equals("localhost") ? Optional.of(name) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty(); // a machine without a name
        }
    }

    private static Collection<NetworkInterface> interfaces() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(MachineNames::isUp)
                    .toList();
        } catch (SocketException e) {
            return List.of(); // no network at all
        }
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException e) {
            return false; // it went away just now
        }
    }

    private static String text(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }

    private static Set<String> sorted(Set<String> words) {
        return java.util.Collections.unmodifiableSortedSet(new TreeSet<>(words));
    }
}
