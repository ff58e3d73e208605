package dev.sightline.source;

import dev.sightline.config.KnownSecrets;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks secrets in addresses, so that they can be shown: user names and passwords, and query values that contain them. In doubt
 * it masks too much.
 *
 * <p>It takes time in proportion to the text, whatever that contains, since it works on whole logs: no pattern scans the same
 * rest of the text from many places.
 */
public final class AddressMask {
    static final String MASK = "***";

    /** Parts of the names that cameras, gateways and signed cloud URLs give to secrets. */
    private static final Pattern SECRET_NAME = Pattern.compile(
            "user|usr|login|account|pass|pwd|auth|token|key|secret|sig|sas$|cred|jwt|bearer|session|ticket"
                    + "|hash|md5|hmac|digest|nonce|policy|private|accessid|hdn|(?:^|[^a-z])(?:u|p|un|pw|id_?token|sid|pin|code)$");

    /** The form of values that are not secret. */
    private static final Pattern PLAIN_VALUE = Pattern.compile("[\\p{Alnum}._,:-]{0,15}");

    private static final Pattern PLAIN_WORD = Pattern.compile("[\\p{Alnum}._-]{0,24}");

    /** {@code user:password} as a part of a path; Wowza's prefixes are not users. */
    private static final Pattern PAIR = Pattern.compile("(?!(?:mp4|flv|mp3|mov|smil|ngrp|id3):)[^:]+:.+");

    /** A key instead of a name, as in UniFi's and Shinobi's addresses. */
    private static final Pattern KEY =
            Pattern.compile("(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)\\p{Alnum}{16,}|\\p{XDigit}{24,}|.{16,}[=]{1,2}");

    private static final String SCHEME = "(?i)[a-z][a-z0-9+.-]{0,30}:/{1,3}";
    private static final Pattern BEGIN = Pattern.compile(SCHEME);
    private static final Pattern ADDRESS = Pattern.compile(SCHEME + "[^\\s'\"<>]+");

    /** The extent of a user's part, with blanks if people wrote them. */
    private static final Pattern UNQUOTED = Pattern.compile("[^'\"\\n]+");

    private static final Pattern WORD = Pattern.compile("[^\\s'\"]+");

    /** The user in {@code user:password@host}; cameras and patterns have a colon and an @ as well. */
    private static final Pattern BARE_USER = Pattern.compile("(?<![^/:=])(?!(?:pattern|camera):)[^/:=]++:(?!//)");

    /** What follows the @ before a host; a rate, as in {@code @30}, is not a host. */
    private static final Pattern HOST = Pattern.compile("(?!\\d+\\b(?!\\.))[\\w\\[]");

    private static final Pattern START = Pattern.compile("(?i)(?:[a-z][a-z0-9+.-]*[:;]?)?(?://|\\\\\\\\|/(?=[^/]*@))?");
    private static final Pattern NO_PORT = Pattern.compile("(//)[^/?#:\\[\\]]*:(?!\\d{1,5}(?:[/?#]|$))[^/?#]+.*");

    /** Some servers repeat what they were sent, and libraries repeat that. */
    private static final Pattern CREDENTIALS =
            Pattern.compile("(?i)(authorization: *(?:basic|digest|bearer)) [^\\r\\n]*");

    private AddressMask() {}

    /**
     * Masks a text that may contain addresses, such as the message of a library's exception, and secrets that the process knows
     * ({@link KnownSecrets}).
     */
    public static String text(String text) {
        String known = CREDENTIALS.matcher(KnownSecrets.mask(text)).replaceAll("$1 " + MASK);
        String users = replaced(UNQUOTED, known, AddressMask::withoutUser);
        return replaced(ADDRESS, replaced(WORD, users, AddressMask::withoutBareUser), AddressMask::afterHost);
    }

    private static String replaced(Pattern pattern, String text, UnaryOperator<String> change) {
        return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(change.apply(found.group())));
    }

    private static String withoutUser(String text) {
        int at = text.lastIndexOf('@');
        Matcher begin = BEGIN.matcher(text);
        return at >= 0 && begin.find() && begin.end() <= at
                ? text.substring(0, begin.end()) + MASK + text.substring(at)
                : text;
    }

    private static String withoutBareUser(String word) {
        int at = hostAt(word);
        Matcher user = BARE_USER.matcher(word);
        return at >= 0 && user.find() && user.end() < at
                ? word.substring(0, user.start()) + MASK + word.substring(at)
                : word;
    }

    /** The index of the last @ before a host, or -1. */
    private static int hostAt(String word) {
        Matcher host = HOST.matcher(word);
        int at = word.lastIndexOf('@');
        while (at >= 0 && !host.region(at + 1, word.length()).lookingAt()) {
            at = word.lastIndexOf('@', at - 1);
        }
        return at;
    }

    /** Masks a complete text that was meant as an address, however malformed: all before its last @. */
    public static String address(String address) {
        int at = address.lastIndexOf('@');
        Matcher start = START.matcher(address);
        String begin = start.lookingAt() && start.end() < at ? start.group() : "";
        boolean user = at >= 0 && (begin.endsWith("/") || begin.endsWith("\\") || address.lastIndexOf(':', at) >= 0);
        if (user && !begin.endsWith("/") && !begin.endsWith("\\")) {
            begin = "";
        }
        String shown = user ? begin + MASK + address.substring(at) : address;
        return afterHost(NO_PORT.matcher(shown).replaceFirst("$1" + MASK));
    }

    /** Masks the part of an address from the path on. */
    static String pathAndQuery(String text) {
        int fragment = text.indexOf('#');
        String whole = fragment < 0 ? text : text.substring(0, fragment);
        int query = whole.indexOf('?');
        String shown =
                query < 0 ? path(whole) : path(whole.substring(0, query)) + "?" + query(whole.substring(query + 1));
        return fragment < 0 ? shown : shown + "#" + MASK;
    }

    private static String afterHost(String address) {
        int host = address.indexOf("//");
        int path = indexOfAny(address, "/?#", host < 0 ? 0 : host + 2);
        return path < 0 ? address : address.substring(0, path) + pathAndQuery(address.substring(path));
    }

    static int indexOfAny(String text, String characters, int from) {
        for (int i = from; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static String path(String path) {
        StringBuilder shown = new StringBuilder();
        int from = 0;
        while (from < path.length()) {
            int end = path.indexOf('/', from);
            String part = path.substring(from, end < 0 ? path.length() : end);
            if (part.contains("=") && !KEY.matcher(part).matches()) {
                // A query without its question mark, as in /user=admin&password=a/b&channel=1
                return shown + query(path.substring(from));
            }
            shown.append(part(part)).append(end < 0 ? "" : "/");
            from = end < 0 ? path.length() : end + 1;
        }
        return shown.toString();
    }

    private static String part(String part) {
        int at = part.lastIndexOf('@');
        String rest = at < 0 ? part : part.substring(at + 1);
        boolean secret = PAIR.matcher(rest).matches() || KEY.matcher(rest).matches();
        return (at < 0 ? "" : MASK + "@") + (secret ? MASK : rest);
    }

    private static String query(String query) {
        StringBuilder shown = new StringBuilder();
        boolean masked = false;
        int from = 0;
        while (from <= query.length()) {
            int end = indexOfAny(query, "&;", from);
            String piece = query.substring(from, end < 0 ? query.length() : end);
            int equals = piece.indexOf('=');
            // A part without a name may be the rest of a password that had an ampersand.
            masked = equals < 0 ? masked || !PLAIN_WORD.matcher(piece).matches() : isSecret(piece, equals);
            shown.append(masked ? piece.substring(0, equals + 1) + MASK : piece);
            shown.append(end < 0 ? "" : query.substring(end, end + 1));
            from = end < 0 ? query.length() + 1 : end + 1;
        }
        return shown.toString();
    }

    /** The values in the query, or in what stands for one, that are masked in it; percent-decoded and as they are. */
    static List<String> secretValues(String path) {
        List<String> values = new ArrayList<>();
        for (String piece : path.split("[?&;#/]", -1)) {
            int equals = piece.indexOf('=');
            if (equals > 0 && isSecret(piece, equals)) {
                values.add(piece.substring(equals + 1));
                values.add(decoded(piece.substring(equals + 1)));
            } else if (KEY.matcher(piece).matches()) {
                values.add(piece);
            }
        }
        return values;
    }

    private static boolean isSecret(String piece, int equals) {
        String name = decoded(piece.substring(0, equals)).toLowerCase(Locale.ROOT);
        return SECRET_NAME.matcher(name).find()
                || !PLAIN_VALUE.matcher(piece.substring(equals + 1)).matches();
    }

    /** Percent-decodes a text; unchanged if it is malformed. */
    static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
