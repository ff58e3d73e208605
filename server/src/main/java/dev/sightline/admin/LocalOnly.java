package dev.sightline.admin;

import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.http.Request;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Without logins, only programs of this computer and this server's own pages in its browsers may change anything. Pages of
 * other origins and other names of the server are refused for all requests that act; here also those of {@code allowed-origins},
 * those by a name that DNS could give to somebody else, and everybody on another computer, even behind a proxy on this one.
 */
public final class LocalOnly {
    private static final List<String> OF_PROXIES = List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");
    private static final Pattern SURE_NAME =
            Pattern.compile("(?:[0-9.]+|\\[[0-9a-fA-F:.]+(?:%25[\\w.~-]+)?]|(?:[\\w-]+\\.)*localhost)(?::\\d+)?");
    private static final Set<String> NOBODY_ELSE = Set.of("same-origin", "none");

    private LocalOnly() {}

    /**
     * Refuses everybody else.
     *
     * @throws ProblemException 403
     */
    static void check(Request request) {
        if (request.access().isLogin()) {
            return; // the route has asked for its right
        }
        if (OF_PROXIES.stream().anyMatch(name -> request.header(name).isPresent())
                || !isHere(request.remoteAddress().getAddress())) {
            throw refused("changes are accepted only from the computer that the server runs on");
        }
        String host = request.header("Host").orElse("");
        if (!SURE_NAME.matcher(host).matches()) {
            throw refused("changes are accepted only at localhost or an address in numbers, not at another name");
        }
        boolean foreign =
                request.header("Origin").filter(origin -> !isOf(origin, host)).isPresent()
                        || request.header("Sec-Fetch-Site")
                                .filter(site -> !NOBODY_ELSE.contains(site))
                                .isPresent();
        if (foreign) {
            throw refused("changes are accepted only from this server's own pages");
        }
    }

    /** Why somebody is refused; empty if not. */
    public static Optional<String> refusal(Request request) {
        try {
            check(request);
            return Optional.empty();
        } catch (ProblemException refused) {
            return Optional.of(refused.getMessage());
        }
    }

    private static boolean isOf(String origin, String host) {
        try {
            URI page = new URI(origin);
            return host.equals(page.getRawAuthority());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isHere(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || Optional.ofNullable(NetworkInterface.getByInetAddress(address))
                            .isPresent();
        } catch (SocketException e) {
            return false;
        }
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.of(403, detail));
    }
}
