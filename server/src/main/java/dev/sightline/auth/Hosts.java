package dev.sightline.auth;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names of this server that requests may use. A page can make its own name point to this computer after loading (DNS
 * rebinding). Its browser then treats the server as the page's own origin; but the Host field of its requests has that name.
 * Immutable.
 *
 * <p>Always valid are addresses in numbers, which need no name resolution, and {@code localhost}. On a network, names that the
 * public DNS never has are valid as well: those without a dot, and those of the domains {@code local} (RFC 6762), {@code
 * home.arpa} (RFC 8375) and {@code internal} (reserved by ICANN).
 */
public final class Hosts {
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.]+(?:%25[0-9a-z._~-]+)?]");
    private static final List<String> INNER = List.of(".local", ".home.arpa", ".internal");
    private static final String ANY = "*";
    private static final Pattern NAME = Pattern.compile("(?:[a-z0-9_-]+\\.)*+[a-z0-9_-]+");

    private final Set<String> names;

    /** Adds further valid names; {@code *} stands for all. */
    public Hosts(Collection<String> names) {
        Set<String> known = new LinkedHashSet<>();
        names.forEach(name -> known.add(normal(name)));
        this.names = Set.copyOf(known);
    }

    /**
     * Checks a name in a configuration.
     *
     * @throws IllegalArgumentException if it is not a host name
     */
    public static void check(String name) {
        String plain = normal(name);
        if (!plain.equals(ANY)
                && !NAME.matcher(plain).matches()
                && !NUMBERS.matcher(plain).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not a host name: write it without scheme, port and path, as in"
                            + " cam.example.org; * by itself allows every name");
        }
    }

    /**
     * Whether a request may use this name.
     *
     * @param host the Host header field with its port; empty if there is none, which no browser sends
     * @param byLoopback whether it came through a loopback address: from this computer, for example from a proxy on it
     */
    public boolean allows(String host, boolean byLoopback) {
        String name = normal(withoutPort(host));
        return name.isEmpty()
                || names.contains(ANY)
                || names.contains(name)
                || NUMBERS.matcher(name).matches()
                || isLocalhost(name)
                || !byLoopback && isInner(name);
    }

    private static String withoutPort(String host) {
        int end = host.length();
        while (end > 0 && host.charAt(end - 1) >= '0' && host.charAt(end - 1) <= '9') {
            end--;
        }
        return end > 0 && host.charAt(end - 1) == ':' ? host.substring(0, end - 1) : host;
    }

    /** RFC 6761 section 6.3. */
    private static boolean isLocalhost(String name) {
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    private static boolean isInner(String name) {
        return NAME.matcher(name).matches() && name.indexOf('.') < 0
                || INNER.stream().anyMatch(name::endsWith);
    }

    /** A name is the same with a dot at its end, and in capitals. */
    private static String normal(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
