package dev.sightline.http;

import dev.sightline.http.limits.TrustedProxies;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the head of a request say what its client asked for where a reverse proxy stands between: host, protocol and path as it saw
 * them, by {@code X-Forwarded-Host}, {@code -Proto} and {@code -Prefix}, else by {@code Forwarded} (RFC 7239). They are believed only
 * from configured proxies; from all others the fields are removed, so that who reads them later may believe them. Immutable.
 */
final class Forwarding {
    static final String PROTO = "X-Forwarded-Proto";
    static final String PREFIX = "X-Forwarded-Prefix";
    private static final String HOST = "X-Forwarded-Host";
    private static final String FORWARDED = "Forwarded";
    private static final List<String> FIELDS = List.of(HOST, PROTO, PREFIX);
    /** What proxies add, besides all that begins with the last. */
    private static final List<String> OF_PROXIES = List.of(FORWARDED, "X-Real-IP", "Via");

    private static final String OF_PROXIES_TOO = "X-Forwarded-";

    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9._-]{1,253}(?::\\d{1,5})?|\\[[0-9A-Fa-f:.]{2,45}](?::\\d{1,5})?");
    private static final Pattern PAIR =
            Pattern.compile("(?i)(?:^|;)\\s*(host|proto)\\s*=\\s*(?:\"([^\"\\\\]*)\"|([^\"\\s;,]*))");

    private final TrustedProxies proxies;
    private final BasePath base;

    Forwarding(HttpSettings settings) {
        this.proxies = new TrustedProxies(settings.trustedProxies());
        this.base = BasePath.of(settings.proxies().basePath()).orElse(BasePath.NONE);
    }

    /** The configured base path. */
    BasePath base() {
        return base;
    }

    /**
     * Changes the head.
     *
     * @param peer the other end of the connection
     * @param asked takes the host that was in the request before another takes its place
     * @return whether a proxy that nobody has named passed it on
     */
    boolean apply(HttpHeaders head, InetAddress peer, Consumer<String> asked) {
        boolean known = proxies.areConfigured(peer);
        boolean passedOn = isPassedOn(head);
        Optional<String> prefix = Optional.empty();
        if (known) {
            boolean standard = FIELDS.stream().noneMatch(head::contains);
            Optional<String> host = standard ? pair(head, "host") : last(head, HOST);
            Optional<String> proto = standard ? pair(head, "proto") : last(head, PROTO);
            prefix = last(head, PREFIX).flatMap(BasePath::of).map(BasePath::path);
            FIELDS.forEach(head::remove);
            host.filter(name -> NAME.matcher(name).matches()).ifPresent(name -> {
                asked.accept(head.get(HttpHeaderNames.HOST, ""));
                head.set(HttpHeaderNames.HOST, name);
            });
            proto.map(word -> word.toLowerCase(Locale.ROOT))
                    .filter(word -> word.equals("http") || word.equals("https"))
                    .ifPresent(word -> head.set(PROTO, word));
        } else {
            FIELDS.forEach(head::remove);
        }
        String path = prefix.orElse(base.path());
        if (!path.isEmpty()) {
            head.set(PREFIX, path);
        }
        return passedOn && !known;
    }

    /** Every request is asked. */
    private static boolean isPassedOn(HttpHeaders head) {
        for (String name : OF_PROXIES) {
            if (head.contains(name)) {
                return true;
            }
        }
        for (Iterator<Map.Entry<CharSequence, CharSequence>> all = head.iteratorCharSequence(); all.hasNext(); ) {
            CharSequence name = all.next().getKey();
            if (AsciiString.regionMatches(name, true, 0, OF_PROXIES_TOO, 0, OF_PROXIES_TOO.length())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the client speaks HTTPS to a proxy, by a head that was changed. */
    static boolean isHttps(HttpHeaders head) {
        return head.get(PROTO, "").equals("https");
    }

    /** Where the client sees this server, by a head that was changed. */
    static BasePath seen(HttpHeaders head) {
        return new BasePath(head.get(PREFIX, ""));
    }

    /** The nearest proxy wrote the last value. */
    private static Optional<String> last(HttpHeaders head, String name) {
        List<String> values = CommaSeparated.of(head.getAll(name));
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    private static Optional<String> pair(HttpHeaders head, String name) {
        return last(head, FORWARDED).flatMap(element -> {
            Matcher pairs = PAIR.matcher(element);
            while (pairs.find()) {
                if (pairs.group(1).equalsIgnoreCase(name)) {
                    return Optional.of(pairs.group(2) == null ? pairs.group(3) : pairs.group(2));
                }
            }
            return Optional.empty();
        });
    }
}
