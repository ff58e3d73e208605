package dev.sightline.app.configuration;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The folder for data that must survive a restart, where this system stores a user's data. */
public final class DataFolder {
    private static final String NAME = "sightline";
    private static final String AUTH = "auth";
    private static final String TLS = "tls";
    private static final int NAME_LENGTH = 16;

    private DataFolder() {}

    /** This user's folder, which may not exist; the system property {@code sightline.data} overrides it. */
    static Path find() {
        String named = System.getProperty("sightline.data");
        return named != null
                ? Path.of(named)
                : of(System.getProperty("os.name"), Path.of(System.getProperty("user.home")), System.getenv());
    }

    /** This user's folder for data that can be recreated; not absolute if the user has no home. */
    public static Path findCache() {
        return cacheOf(System.getProperty("os.name"), Path.of(System.getProperty("user.home")), System.getenv());
    }

    /** The folders in it of which the content is secret, absolute: keys of certificates, and logins. They may not exist. */
    public static Set<Path> secrets() {
        Path data = find().toAbsolutePath();
        return Set.of(data.resolve(TLS), data.resolve(AUTH));
    }

    /** The folder for the certificate that the server makes. */
    static Path tls() {
        return find().resolve(TLS);
    }

    /**
     * The file for users, tokens and share links that were made at a server.
     *
     * @param of the configuration file, or the working folder
     */
    public static Path auth(Path of) {
        String place = of.toAbsolutePath().normalize().toString();
        return find().resolve(AUTH).resolve(Digest.of(place).substring(0, NAME_LENGTH) + ".json");
    }

    static Path cacheOf(String system, Path home, Map<String, String> environment) {
        if (system.startsWith("Windows")) {
            return of(system, home, environment).resolve("cache");
        }
        if (system.startsWith("Mac")) {
            return home.resolve("Library").resolve("Caches").resolve(NAME);
        }
        return named(environment, "XDG_CACHE_HOME")
                .orElse(home.resolve(".cache"))
                .resolve(NAME);
    }

    static Path of(String system, Path home, Map<String, String> environment) {
        if (system.startsWith("Windows")) {
            return named(environment, "LOCALAPPDATA")
                    .orElse(home.resolve("AppData").resolve("Local"))
                    .resolve(NAME);
        }
        if (system.startsWith("Mac")) {
            return home.resolve("Library").resolve("Application Support").resolve(NAME);
        }
        return named(environment, "XDG_DATA_HOME")
                .orElse(home.resolve(".local").resolve("share"))
                .resolve(NAME);
    }

    /** The XDG base directory specification requires ignoring relative paths in such a variable. */
    private static Optional<Path> named(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .filter(Path::isAbsolute);
    }
}
