package dev.sightline.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address of a server on the network, {@code scheme://user:password@host:port/path}, as people write it: characters
 * that RFC 3986 does not allow in its path are let through.
 */
public final class NetworkAddress {
    private static final Pattern PARTS = Pattern.compile(
            "(?<scheme>[A-Za-z]+)://(?:(?<user>[^/?#]*)@)?(?<host>\\[[0-9A-Fa-f:.%]+\\]|[^:/?#@\\s]+)(?::(?<port>\\d{1,5}))?"
                    + "(?<path>[/?#]\\S*)?");

    /** Some cameras take user and password in the query or even the path. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)((?:user|usr|username|login|pass|passwd|password|pwd|token|key|apikey|secret|auth)=)[^&/?#]*");

    private static final String MASK = "***";

    private final String address;
    private final Matcher parts;

    private NetworkAddress(String address, Matcher parts) {
        this.address = address;
        this.parts = parts;
    }

    /**
     * The parts of an address.
     *
     * @param example a right address, for the message
     * @throws IllegalArgumentException if it is not such an address; the message shows none of its secrets
     */
    public static NetworkAddress of(String address, String example) {
        Matcher parts = PARTS.matcher(address.strip());
        if (!parts.matches()) {
            String shown = SECRET.matcher(address.replaceFirst("//[^/]*@", "//" + MASK + "@"))
                    .replaceAll("$1" + Matcher.quoteReplacement(MASK));
            throw new IllegalArgumentException("'" + shown + "' is not an address; one is for example " + example);
        }
        return new NetworkAddress(address.strip(), parts);
    }

    /** The address as it was given, secrets included: for the one who opens it, never for people or logs. */
    public String secret() {
        return address;
    }

    /** The address with user, password and the like masked. */
    public String masked() {
        String user = parts.group("user") == null ? "" : MASK + "@";
        String path = parts.group("path") == null ? "" : parts.group("path");
        return parts.group("scheme") + "://" + user + hostAndPort()
                + SECRET.matcher(path).replaceAll("$1" + Matcher.quoteReplacement(MASK));
    }

    /** The host's name or number; IPv6 without its brackets. */
    public String host() {
        return parts.group("host").replaceAll("[\\[\\]]", "");
    }

    /** The host, with the port where one was given: what people know a device by. */
    public String hostAndPort() {
        return parts.group("host") + (parts.group("port") == null ? "" : ":" + parts.group("port"));
    }
}
