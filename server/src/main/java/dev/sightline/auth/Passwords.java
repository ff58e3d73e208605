package dev.sightline.auth;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hashes of passwords by argon2id (RFC 9106), in the form {@code $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}. One takes 19 MiB and
 * some 50 ms, which is what OWASP's password storage cheat sheet asks for.
 */
public final class Passwords {
    /** The longest password, in characters. */
    public static final int LONGEST = 256;

    private static final int KIBIBYTES = 19 * 1024;
    private static final int PASSES = 2;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;
    /** A hash of the configuration may take more of these, but no more than so many. */
    private static final int MOST_KIBIBYTES = 128 * 1024;

    private static final int MOST_PASSES = 16;
    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$[A-Za-z0-9+/]+\\$[A-Za-z0-9+/]+");

    private Passwords() {}

    /** A new hash of a password; takes 50 ms and more. */
    public static String hash(String password) {
        return Argon2Function.getInstance(KIBIBYTES, PASSES, 1, HASH_BYTES, Argon2.ID)
                .hash(password.getBytes(StandardCharsets.UTF_8), Secrets.bytes(SALT_BYTES))
                .getResult();
    }

    /** Whether it is the hash of the password; takes as long. */
    static boolean verify(String password, String hash) {
        try {
            return password.length() <= LONGEST
                    && Argon2Function.getInstanceFromHash(hash).check(password, hash);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Refuses what is no such hash, or one that takes too much.
     *
     * @throws IllegalArgumentException with what to do
     */
    public static void check(String hash) {
        Matcher form = FORM.matcher(hash);
        if (!form.matches()
                || Integer.parseInt(form.group(1)) > MOST_KIBIBYTES
                || Integer.parseInt(form.group(2)) > MOST_PASSES) {
            throw new IllegalArgumentException(
                    "password-hash is what ./sightline password prints, and begins with $argon2id$v=19$m=19456");
        }
    }
}
