package dev.sightline.source;

import dev.sightline.config.KnownSecrets;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server's address on the network, {@code scheme://user:password@host:port/path}, as people write it. Its path may contain
 * characters that RFC 3986 does not allow, and a password may contain {@code @ : / ? #} unescaped if that is unambiguous.
 */
public final class NetworkAddress {
    private static final Pattern WHOLE =
            Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<rest>.*)", Pattern.DOTALL);
    private static final Pattern SERVER = Pattern.compile(
            "(?<host>\\[[0-9A-Fa-f:.%]+\\]|[^:/?#@\\[\\]\\\\]+)(?::(?<port>\\d{0,9}))?(?<path>[/?#].*)?",
            Pattern.DOTALL);
    private static final Pattern NUMBERS = Pattern.compile("\\[.*|\\d{1,3}(?:\\.\\d{1,3}){3}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Cntrl}]", Pattern.UNICODE_CHARACTER_CLASS);

    /**
     * Characters that stay unescaped in a user name or password: all that RFC 3986 section 3.2.1 allows except the quotation
     * mark, because libraries quote addresses.
     */
    private static final String PLAIN = "-._~!$&()*+,;=:";

    /** Ends an address in a text for its readers, such as {@link AddressMask}. */
    private static final Pattern QUOTE = Pattern.compile("['\"<>]");

    private static final String ENCODE =
            "; in a user name or password write @ as %40, / as %2F, # as %23, ? as %3F, : as %3A and % as %25";

    private final String scheme;
    private final Optional<String> user;
    private final Matcher server;

    private NetworkAddress(String scheme, Optional<String> user, Matcher server) {
        this.scheme = scheme;
        this.user = user;
        this.server = server;
    }

    /**
     * Parses an address.
     *
     * @param example a correct address, for the message
     * @throws IllegalArgumentException if it is not such an address; the message shows none of its secrets
     */
    public static NetworkAddress of(String address, String example) {
        Matcher whole = WHOLE.matcher(address.strip());
        if (!whole.matches()) {
            throw refusal(address, example(example));
        }
        String rest = whole.group("rest");
        if (BLANK.matcher(rest).find()) {
            throw refusal(address, ": write a space in it as %20" + example(example));
        }
        int at = userEnd(rest).orElseThrow(() -> refusal(address, " that can be read in one way only" + ENCODE));
        Matcher server = SERVER.matcher(rest.substring(at + 1));
        if (!server.matches()) {
            throw refusal(address, example(example) + (at < 0 ? "" : ENCODE));
        }
        if (hasWrongPort(server)) {
            throw refusal(address, ": a port is 1 to 65535");
        }
        if (at >= 0
                && CONTROL.matcher(AddressMask.decoded(rest.substring(0, at))).find()) {
            throw refusal(address, ": a user name and a password have no control characters");
        }
        return new NetworkAddress(
                whole.group("scheme"), at < 0 ? Optional.empty() : Optional.of(rest.substring(0, at)), server);
    }

    /** In quotes, or the advice on an @ that may follow would be masked like a password. */
    private static String example(String address) {
        return "; one is for example '" + address + "'";
    }

    /** The address with its secrets: only for opening it, never for people or logs. */
    public String secret() {
        return scheme + "://" + user.map(text -> encoded(text) + "@").orElse("") + hostAndPort() + path();
    }

    /** The address with user, password and other secrets masked. */
    public String masked() {
        return scheme + "://" + (user.isPresent() ? AddressMask.MASK + "@" : "") + hostAndPort()
                + AddressMask.pathAndQuery(path());
    }

    /** The user and password for the server, decoded; empty if the address has none. */
    public Optional<Login> login() {
        return user.map(text -> {
            int colon = text.indexOf(':');
            String name = colon < 0 ? text : text.substring(0, colon);
            String password = colon < 0 ? "" : text.substring(colon + 1);
            return new Login(AddressMask.decoded(encoded(name)), AddressMask.decoded(encoded(password)));
        });
    }

    /** The same address, whose password is from now on left out of texts that other code makes. */
    public NetworkAddress concealed() {
        login().ifPresent(login -> {
            KnownSecrets.addPassword(login.password(), AddressMask.MASK);
            KnownSecrets.addPassword(Challenge.basic(login), AddressMask.MASK);
        });
        user.map(text -> encoded(text.substring(text.indexOf(':') + 1)))
                .ifPresent(text -> KnownSecrets.addPassword(text, AddressMask.MASK));
        AddressMask.secretValues(path()).forEach(value -> KnownSecrets.addPassword(value, AddressMask.MASK));
        return this;
    }

    /** The scheme in lower case. */
    public String scheme() {
        return scheme.toLowerCase(Locale.ROOT);
    }

    /** The host's name or numeric address; IPv6 without its brackets. */
    public String host() {
        return server.group("host").replaceAll("[\\[\\]]", "");
    }

    /** The port, or the default if the address has none. */
    public int port(int byDefault) {
        return portText().map(Integer::parseInt).orElse(byDefault);
    }

    /** The host, with the port if one was given: the name by which people know a device. */
    public String hostAndPort() {
        return server.group("host") + portText().map(port -> ":" + port).orElse("");
    }

    /** Path, query and fragment with their secrets; empty if there are none. Quotation marks in them are percent-encoded. */
    public String path() {
        String path =
                Optional.<@Nullable String>ofNullable(server.group("path")).orElse("");
        return QUOTE.matcher(path).replaceAll(found -> percent(found.group().charAt(0)));
    }

    private Optional<String> portText() {
        return Optional.<@Nullable String>ofNullable(server.group("port")).filter(text -> !text.isEmpty());
    }

    /**
     * The index of the @ that ends the user's part, or -1 if there is none. Empty if the text is ambiguous: {@code
     * cam:8080/a@b} may be a path with an @ or a password with a slash.
     */
    private static Optional<Integer> userEnd(String rest) {
        int stop = AddressMask.indexOfAny(rest, "/?#", 0);
        int end = stop < 0 ? rest.length() : stop;
        int at = rest.lastIndexOf('@', end);
        int last = rest.lastIndexOf('@');
        if (last == at) {
            return Optional.of(at);
        }
        Matcher server = SERVER.matcher(rest.substring(at + 1));
        if (!server.matches() || hasWrongPort(server) || rest.charAt(end) == '#') {
            // It is not a server as it stands: the last @ must be meant, if only one follows.
            return rest.indexOf('@', end) == last ? Optional.of(last) : Optional.empty();
        }
        boolean certain = NUMBERS.matcher(server.group("host")).matches()
                || (at < 0 && server.group("port") == null)
                || (rest.charAt(end) == '/' && isInQueryValues(rest.substring(end)));
        return certain ? Optional.of(at) : Optional.empty();
    }

    /** Whether each @ is in the value of a query, as in {@code /x?mail=a@b}. */
    private static boolean isInQueryValues(String path) {
        int query = path.indexOf('?');
        return query >= 0
                && path.lastIndexOf('@', query) < 0
                && Pattern.compile("[&;]")
                        .splitAsStream(path.substring(query + 1))
                        .allMatch(piece -> piece.indexOf('@') < 0 || piece.lastIndexOf('=', piece.indexOf('@')) > 0);
    }

    private static boolean hasWrongPort(Matcher server) {
        String port = server.group("port");
        return port != null && !port.isEmpty() && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535);
    }

    private static IllegalArgumentException refusal(String address, String cure) {
        return new IllegalArgumentException("'" + AddressMask.address(address.strip()) + "' is not an address" + cure);
    }

    /** Percent-encodes what would be ambiguous in the address; existing escapes stay. */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.replaceAll("%(?!\\p{XDigit}{2})", "%25").getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (each & 0xFF);
            boolean plain =
                    letter < 128 && (Character.isLetterOrDigit(letter) || letter == '%' || PLAIN.indexOf(letter) >= 0);
            encoded.append(plain ? String.valueOf(letter) : percent(letter));
        }
        return encoded.toString();
    }

    private static String percent(char octet) {
        return String.format(Locale.ROOT, "%%%02X", (int) octet);
    }

    /**
     * A user name and password.
     *
     * @param user the name
     * @param password may be empty
     */
    public record Login(String user, String password) {
        /** Shows neither. */
        @Override
        public String toString() {
            return "Login[" + AddressMask.MASK + "]";
        }
    }
}
