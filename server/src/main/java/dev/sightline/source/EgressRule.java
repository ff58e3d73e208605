package dev.sightline.source;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a source may connect. A camera must not use this program to reach what only this computer can reach (CWE-918), and
 * neither must somebody who may add sources by the API. There are two rules:
 *
 * <ul>
 *   <li>of a server that the configuration names ({@link #ofServerAt}): it may lead its readers anywhere except to this computer,
 *       to its neighbours by link-local addresses, and to a cloud's metadata service, unless the server itself is there;
 *   <li>of a source that the API names ({@link #checked}): neither it nor what it leads to may be there, except for what the
 *       configuration allows.
 * </ul>
 *
 * <p>It judges numeric addresses, never names: connect to the very addresses that {@link #allowed} returns, and do not resolve
 * the name again. Immutable.
 */
public final class EgressRule {
    private static final Pattern NUMBER =
            Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*|(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern LOCALHOST = Pattern.compile("(?i)(?:.*\\.)?localhost\\.?");
    private static final Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    private final AddressPlace home;
    private final Optional<EgressSettings> settings;
    private final Resolver resolver;

    private EgressRule(AddressPlace home, Optional<EgressSettings> settings, Resolver resolver) {
        this.home = home;
        this.settings = settings;
        this.resolver = resolver;
    }

    /** The rule for what a server at this address leads to. */
    public static EgressRule ofServerAt(InetAddress address) {
        return new EgressRule(AddressPlace.of(address), Optional.empty(), SYSTEM);
    }

    /** The rule for a source that the API names, and for all that it leads to. */
    public static EgressRule checked(EgressSettings settings) {
        return checked(settings, SYSTEM);
    }

    /** The same, with names resolved in another way. */
    static EgressRule checked(EgressSettings settings, Resolver resolver) {
        return new EgressRule(AddressPlace.ELSEWHERE, Optional.of(settings), resolver);
    }

    /** The rule for what a server at this address leads to, which is connected to under this rule. */
    public EgressRule at(InetAddress address) {
        return settings.isPresent() ? this : ofServerAt(address);
    }

    /** Whether an address may be connected to. */
    public boolean allows(InetAddress address) {
        AddressPlace place = AddressPlace.of(address);
        boolean near = switch (place) {
            case ELSEWHERE -> true;
            case NOBODY -> false;
            case OWN -> home == AddressPlace.OWN || home == AddressPlace.LOOPBACK;
            case LOOPBACK, LINK_LOCAL, METADATA -> home == place;
        };
        return near || settings.filter(each -> each.hasNetworkOf(address)).isPresent();
    }

    /** Whether a numeric address may be connected to; false for names, which are not resolved here. */
    public boolean allowsNumber(String address) {
        try {
            return NUMBER.matcher(address.strip()).matches() && allows(InetAddress.getByName(address.strip()));
        } catch (UnknownHostException noNumber) {
            return false;
        }
    }

    /**
     * Refuses a server, as far as that is known without asking a name server. Its addresses are checked when it is connected to.
     *
     * @throws IllegalArgumentException with the reason
     */
    public void requireHost(NetworkAddress server) {
        String host = server.host();
        boolean local = LOCALHOST.matcher(host).matches();
        if (hasHost(host) || !local && !NUMBER.matcher(host).matches()) {
            return;
        }
        try {
            InetAddress address = InetAddress.getByName(local ? "127.0.0.1" : host);
            if (!allows(address)) {
                throw new IllegalArgumentException("'" + server.masked() + "' " + refusal(address));
            }
        } catch (UnknownHostException noNumber) {
            // It is told when the source is opened.
        }
    }

    /**
     * Refuses a file that is not below the folder of the settings.
     *
     * @param folder the base of that folder
     * @throws IllegalArgumentException with the reason
     */
    public void requireFile(Path file, Path folder) {
        Optional<Path> root = settings.flatMap(each -> each.folder(folder));
        if (root.isEmpty() || !real(file).startsWith(real(root.get()))) {
            throw new IllegalArgumentException("the API may play no files"
                    + root.map(each -> " but those in " + real(each)).orElse("")
                    + ": name this one in the configuration file, or another folder under egress: files there");
        }
    }

    private static Path real(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        try {
            return whole.toRealPath();
        } catch (IOException absent) {
            Path parent = whole.getParent();
            Path name = whole.getFileName();
            return parent == null || name == null ? whole : real(parent).resolve(name);
        }
    }

    /**
     * The addresses of a host that may be connected to.
     *
     * @param rule which are allowed; empty if all are
     * @throws IOException if the host is unknown, or none is allowed
     */
    public static List<InetAddress> allowed(String host, Optional<EgressRule> rule) throws IOException {
        return rule.isEmpty() ? SYSTEM.addresses(host) : rule.get().allowed(host);
    }

    private List<InetAddress> allowed(String host) throws IOException {
        List<InetAddress> all = resolver.addresses(host);
        List<InetAddress> allowed =
                hasHost(host) ? all : all.stream().filter(this::allows).toList();
        if (allowed.isEmpty()) {
            throw new IOException("it " + refusal(all.get(0)));
        }
        return allowed;
    }

    private boolean hasHost(String host) {
        return settings.filter(each -> each.hasHost(host)).isPresent();
    }

    /** Why an address is not allowed, in words that fit after "it". */
    private String refusal(InetAddress address) {
        String number = address.getHostAddress().replaceFirst("%.*", "");
        return "leads to " + number + ", " + AddressPlace.of(address).words()
                + (settings.isEmpty()
                        ? ": only a source that is there itself may do that"
                        : ", where the API may not send a source: name it in the configuration file, or write '"
                                + number + "' under egress: allowed there");
    }

    /** Resolves names. */
    @FunctionalInterface
    interface Resolver {
        /** All addresses of a host, at least one. */
        List<InetAddress> addresses(String host) throws UnknownHostException;
    }
}
