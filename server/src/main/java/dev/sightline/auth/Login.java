package dev.sightline.auth;

import dev.sightline.access.Access;
import java.time.Duration;

/**
 * Somebody has logged in.
 *
 * @param cookie the secret that proves it from now on
 * @param age how long it does at most
 * @param access what it may do
 */
public record Login(String cookie, Duration age, Access access) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "Login[" + access.name() + "]";
    }
}
