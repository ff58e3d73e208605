package dev.sightline.auth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which web pages may use this server: those it served itself, by any name of the loopback address, and those of allowed
 * origins. One rule for WebSocket, Socket.IO, WHIP, WHEP and CORS. Immutable.
 */
public final class Origins {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> allowed;
    private final Set<Integer> ownPorts;

    /**
     * Allows further origins, for example {@code https://example.org:8443}; {@code *} allows all.
     *
     * @throws IllegalArgumentException if one is not an origin
     */
    public Origins(Collection<String> allowed) {
        this(allowed, Set.of());
    }

    /**
     * Allows further origins, and ports whose pages are this server's too.
     *
     * @throws IllegalArgumentException if one is not an origin
     */
    public Origins(Collection<String> allowed, Set<Integer> ownPorts) {
        this.allowed = allowed.stream().map(Origins::checked).collect(Collectors.toUnmodifiableSet());
        this.ownPorts = Set.copyOf(ownPorts);
    }

    /**
     * Whether pages of an origin are allowed.
     *
     * @param origin the Origin header field; may be {@code null} in words
     * @param host the Host header field, where the request was sent to
     */
    public boolean allows(String origin, String host) {
        if (allowed.contains("*") || allowed.contains(normal(origin))) {
            return true;
        }
        Optional<Authority> page = Authority.ofOrigin(origin);
        return page.isPresent()
                && page.flatMap(from -> Authority.of(from.scheme, host))
                        .filter(server -> page.get().isServedWith(server, ownPorts))
                        .isPresent();
    }

    /** The hosts of the allowed origins: their pages have full access, so their names may be the server's. */
    public Set<String> hosts() {
        return allowed.stream()
                .map(origin -> Authority.ofOrigin(origin).map(Authority::host).orElse(origin))
                .filter(host -> !host.equals("null"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The allowed origins, each in the form that browsers compare. */
    public Set<String> allowed() {
        return allowed;
    }

    private static String checked(String written) {
        // As copied from a browser's address bar; an origin has no path.
        String origin = written.strip().replaceFirst("(?<=[^/])/$", "");
        if (!origin.equals("*")
                && !origin.equals("null")
                && Authority.ofOrigin(origin).isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + origin + "' is not an origin: write scheme, host and, where it is not the"
                            + " usual one, port, without a path, as in https://example.org:8443"
                            + (origin.contains("*") ? "; * by itself allows every origin" : ""));
        }
        return normal(origin);
    }

    private static String normal(String origin) {
        return Authority.ofOrigin(origin).map(Authority::toString).orElse(origin);
    }

    /** A host and its port, the scheme's default if there is none. */
    private record Authority(String scheme, String host, int port) {

        static Optional<Authority> ofOrigin(String origin) {
            int end = origin.indexOf("://");
            return end < 0 ? Optional.empty() : of(origin.substring(0, end), origin.substring(end + 3));
        }

        static Optional<Authority> of(String scheme, String hostAndPort) {
            try {
                String address = scheme.toLowerCase(Locale.ROOT) + "://" + hostAndPort;
                URI uri = new URI(address);
                boolean plain = uri.getHost() != null
                        && uri.getUserInfo() == null
                        && uri.getRawPath().isEmpty()
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null;
                return plain ? Optional.of(of(uri)) : Optional.empty();
            } catch (URISyntaxException e) {
                return Optional.empty();
            }
        }

        private static Authority of(URI uri) {
            int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
            return new Authority(uri.getScheme(), uri.getHost().toLowerCase(Locale.ROOT), port);
        }

        /**
         * Whether a page from here came from the server at that place. The loopback address has several names; but from another
         * computer, a page of localhost is that computer's own, whatever serves it there.
         */
        boolean isServedWith(Authority server, Set<Integer> ownPorts) {
            boolean portFits = port == server.port || ownPorts.contains(port);
            boolean sameComputer = LOOPBACK.contains(host) && LOOPBACK.contains(server.host);
            return portFits && (host.equals(server.host) || sameComputer);
        }

        @Override
        public String toString() {
            return scheme + "://" + host + ":" + port;
        }
    }
}
