package dev.sightline.auth;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Hashes of passwords that the environment or a file gives, each made once: a changed configuration ends no login by itself. */
final class PlainPasswords {
    /** By user and the password's SHA-256, which is in memory only, like the password. */
    private final Map<String, String> hashes = new ConcurrentHashMap<>();

    /** The hash of a user's password; takes 50 ms where it has to be made. */
    String hash(String name, AuthSettings.User user) {
        return user.passwordHash()
                .orElseGet(() -> hashes.computeIfAbsent(
                        name + " " + Secrets.hash(user.password().orElseThrow()),
                        key -> Passwords.hash(user.password().orElseThrow())));
    }
}
