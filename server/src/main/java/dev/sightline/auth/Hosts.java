package dev.sightline.auth;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * By which names this server may be asked for. A page can have its own name point to this computer after it was loaded (DNS
 * rebinding), and is then of the same origin as the server for its browser; but its requests bear that name in their Host field.
 * Immutable.
 *
 * <p>Always right are addresses in numbers, which no name stands behind, and {@code localhost}. On a network, names that the
 * public DNS never has are right as well: those without a dot, and those of the domains {@code local} (RFC 6762), {@code
 * home.arpa} (RFC 8375) and {@code internal} (reserved by ICANN).
 */
public final class Hosts {
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.]+(?:%25[0-9a-z._~-]+)?]");
    private static final List<String> INNER = List.of(".local", ".home.arpa", ".internal");
    private static final String ANY = "*";
    private static final Pattern NAME = Pattern.compile("(?:[a-z0-9_-]+\\.)*+[a-z0-9_-]+");

    private final Set<String> names;

    /** With names that are right as well; {@code *} stands for all. */
    public Hosts(Collection<String> names) {
        Set<String> known = new LinkedHashSet<>();
        names.forEach(name -> known.add(normal(name)));
        this.names = Set.copyOf(known);
    }

    /**
     * Checks a name as it is written in a configuration.
     *
     * @throws IllegalArgumentException if it is no host's name
     */
    public static void check(String name) {
        String plain = normal(name);
        if (!plain.equals(ANY)
                && !NAME.matcher(plain).matches()
                && !NUMBERS.matcher(plain).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no host's name: write it without scheme, port and path, as in"
                            + " cam.example.org; * by itself allows every name");
        }
    }

    /**
     * Whether a request may name the server so.
     *
     * @param host the Host header field, its port included; empty where there is none, as no browser sends it
     * @param byLoopback whether it came by a loopback address: from this computer, a proxy on it among others
     */
    public boolean allows(String host, boolean byLoopback) {
        String name = normal(host.replaceFirst(":[0-9]*$", ""));
        return name.isEmpty()
                || names.contains(ANY)
                || names.contains(name)
                || NUMBERS.matcher(name).matches()
                || isLocalhost(name)
                || !byLoopback && isInner(name);
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
