package dev.sightline.config;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The secrets that this process knows: those that its configuration takes from elsewhere, and the passwords in the addresses of
 * its sources. It removes them from texts that other code made, at the last place before these leave the process: lines of the
 * log, messages of libraries and cameras, answers that report an error. Safe for use by any thread.
 *
 * <p>It belongs to the process, as the log does, and forgets those that were added first when there are too many.
 */
public final class KnownSecrets {
    static final int MOST = 1_000;

    /** Shorter values occur in too many words. */
    static final int SHORTEST = 4;

    /** Shorter texts that nobody declared to be secret may as well be a word of a message. */
    private static final int SHORTEST_WORD = 12;

    private static final int SHORTEST_PASSWORD = 6;

    private static final Map<String, String> NAMES = new LinkedHashMap<>();

    /** Longest first, since one may be a part of another. */
    private static volatile List<Secret> sorted = List.of();

    private KnownSecrets() {}

    /**
     * Hides a value from now on, also as it is written within addresses.
     *
     * @param name what is shown instead
     */
    public static void add(String value, String name) {
        String secret = value.strip();
        if (secret.length() < SHORTEST) {
            return;
        }
        synchronized (NAMES) {
            boolean known = name.equals(NAMES.remove(secret));
            NAMES.put(secret, name);
            if (!known) {
                NAMES.keySet().stream()
                        .limit(Math.max(0, NAMES.size() - MOST))
                        .toList()
                        .forEach(NAMES::remove);
                sorted = sorted();
            }
        }
    }

    /** The same for a password that may be a word like any other: one that is too plain is left in texts. */
    public static void addPassword(String password, String name) {
        boolean plain = password.length() < SHORTEST_PASSWORD
                || password.length() < SHORTEST_WORD && password.chars().allMatch(Character::isLetter);
        if (!plain) {
            add(password, name);
        }
    }

    private static List<Secret> sorted() {
        List<Secret> all = new ArrayList<>();
        NAMES.forEach((value, name) -> {
            all.add(new Secret(value, name));
            String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
            if (!encoded.equals(value)) {
                all.add(new Secret(encoded, name));
            }
        });
        all.sort(Comparator.comparingInt((Secret secret) -> secret.value().length())
                .reversed());
        return List.copyOf(all);
    }

    /** The text with each secret replaced by its name. */
    public static String mask(String text) {
        String shown = text;
        for (Secret secret : sorted) {
            shown = shown.replace(secret.value(), secret.name());
        }
        return shown;
    }

    private record Secret(String value, String name) {}
}
