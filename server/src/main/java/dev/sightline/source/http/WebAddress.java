package dev.sightline.source.http;

import dev.sightline.source.NetworkAddress.Login;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The target of a request: the parts of an address for HTTP.
 *
 * @param secure whether by TLS
 * @param host a name or numeric address; IPv6 without its brackets
 * @param port 1 to 65535
 * @param target path and query as sent
 * @param login user name and password, if the address has them
 */
record WebAddress(boolean secure, String host, int port, String target, Optional<Login> login) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int MOST_PORT = 65_535;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** The parts of a checked address; for an invalid one, the host may be blank and the port wrong. */
    static WebAddress of(String address) {
        int hostAt = address.indexOf("://") + 3;
        boolean secure = address.substring(0, hostAt).toLowerCase(Locale.ROOT).startsWith("https");
        int pathAt = firstOf("/?#", address, hostAt);
        String authority = address.substring(hostAt, pathAt);
        int at = authority.lastIndexOf('@');
        String hostAndPort = authority.substring(at + 1);
        int portAt = hostAndPort.indexOf(':', Math.max(0, hostAndPort.indexOf(']')));
        String host = portAt < 0 ? hostAndPort : hostAndPort.substring(0, portAt);
        int usual = secure ? HTTPS_PORT : HTTP_PORT;
        return new WebAddress(
                secure,
                host.replaceAll("[\\[\\]]", ""),
                portAt < 0 ? usual : port(hostAndPort.substring(portAt + 1), usual),
                target(address.substring(pathAt)),
                at < 0 ? Optional.empty() : Optional.of(login(authority.substring(0, at))));
    }

    /** The value of the {@code Host} header. */
    String hostHeader() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (secure ? HTTPS_PORT : HTTP_PORT) ? name : name + ":" + port;
    }

    /** The address as text, without user and password, and without characters that end addresses in messages. */
    String url() {
        String quoted = target.replace("'", "%27")
                .replace("\"", "%22")
                .replace("<", "%3C")
                .replace(">", "%3E");
        return (secure ? "https://" : "http://") + hostHeader() + quoted;
    }

    /**
     * The address that a redirect leads to (RFC 9110, 10.2.2), if it is a web server's. User and password go only to the same
     * host, and never from TLS to plain HTTP.
     */
    Optional<WebAddress> redirected(String location) {
        String goal = location.strip();
        if (goal.startsWith("//")) {
            goal = (secure ? "https:" : "http:") + goal;
        } else if (!goal.matches("(?i)[a-z][a-z0-9+.-]*:.*")) {
            return Optional.of(new WebAddress(secure, host, port, target(withoutDots(absolute(goal))), login));
        }
        if (!goal.matches("(?i)https?://[^/?#\\s].*")) {
            return Optional.empty();
        }
        WebAddress next = of(goal);
        boolean splits = next.login
                .filter(login ->
                        CONTROL.matcher(login.user() + login.password()).find())
                .isPresent();
        if (next.host.isBlank() || next.port < 1 || next.port > MOST_PORT || splits) {
            return Optional.empty();
        }
        boolean trusted = next.host.equalsIgnoreCase(host) && (next.secure || !secure);
        return Optional.of(new WebAddress(
                next.secure,
                next.host,
                next.port,
                next.target,
                next.login.or(() -> trusted ? login : Optional.empty())));
    }

    private String absolute(String relative) {
        if (relative.startsWith("/")) {
            return relative;
        }
        String path = target.substring(0, firstOf("?", target, 0));
        return relative.startsWith("?") ? path + relative : path.substring(0, path.lastIndexOf('/') + 1) + relative;
    }

    /** RFC 3986, 5.2.4. */
    private static String withoutDots(String relative) {
        int pathEnd = firstOf("?#", relative, 0);
        if (!relative.substring(0, pathEnd).contains("/.")) {
            return relative;
        }
        Deque<String> segments = new ArrayDeque<>();
        String[] all = relative.substring(1, pathEnd).split("/", -1);
        for (int i = 0; i < all.length; i++) {
            boolean dots = all[i].equals(".") || all[i].equals("..");
            if (all[i].equals("..")) {
                segments.pollLast();
            }
            if (!dots) {
                segments.add(all[i]);
            } else if (i == all.length - 1) {
                segments.add("");
            }
        }
        return "/" + String.join("/", segments) + relative.substring(pathEnd);
    }

    private static int firstOf(String characters, String text, int from) {
        int at = from;
        while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /** The default if there are no digits, 0 if it is not a number. */
    private static int port(String digits, int usual) {
        if (digits.isEmpty()) {
            return usual;
        }
        return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : 0;
    }

    private static Login login(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new Login(decoded(text), "")
                : new Login(decoded(text.substring(0, colon)), decoded(text.substring(colon + 1)));
    }

    /** Without a fragment, and with percent-encoding where a request line requires it. */
    private static String target(String path) {
        String sent = path.substring(0, firstOf("#", path, 0));
        StringBuilder target = new StringBuilder(sent.startsWith("/") ? "" : "/");
        for (byte each : sent.getBytes(StandardCharsets.UTF_8)) {
            if (each > ' ' && each < 0x7F) {
                target.append((char) each);
            } else {
                target.append(String.format(Locale.ROOT, "%%%02X", each));
            }
        }
        return target.toString();
    }

    /** A percent sign without two hexadecimal digits stands for itself. */
    private static String decoded(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (bytes[i] == '%' && high >= 0 && low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
