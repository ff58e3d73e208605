package dev.sightline.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The file of what is {@link Kept}, which only its owner can read; or none, and then it is lost at the end. Used by one thread. */
public final class AuthStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Optional<Path> file;

    private AuthStore(Optional<Path> file) {
        this.file = file;
    }

    /** A store that keeps nothing. */
    public static AuthStore none() {
        return new AuthStore(Optional.empty());
    }

    /** A store in this file, which need not exist. */
    public static AuthStore in(Path file) {
        return new AuthStore(Optional.of(file));
    }

    /** Where it is kept, for people. */
    String place() {
        return file.map(Path::toString).orElse("memory");
    }

    /**
     * What is kept.
     *
     * @throws UncheckedIOException if the file cannot be read; the message names it
     */
    Kept read() {
        if (file.isEmpty()) {
            return Kept.NOTHING;
        }
        try {
            return JSON.readValue(Files.readAllBytes(file.get()), Kept.class);
        } catch (NoSuchFileException e) {
            return Kept.NOTHING;
        } catch (IOException e) {
            throw new UncheckedIOException("the users and tokens in " + file.get() + " cannot be read: " + e, e);
        } catch (JacksonException e) {
            throw new UncheckedIOException(new IOException("the users and tokens in " + file.get()
                    + " cannot be read: it is not what this version writes; delete it to begin again"));
        }
    }

    /**
     * Replaces what is kept, at no moment readable by others.
     *
     * @throws UncheckedIOException if that fails; the message names the file
     */
    void write(Kept kept) {
        if (file.isEmpty()) {
            return;
        }
        Path target = file.get().toAbsolutePath();
        try {
            Path folder = Files.createDirectories(target.resolveSibling(""), onlyOwner(target, "rwx------"));
            Path fresh = Files.createTempFile(folder, "auth", ".new", onlyOwner(folder, "rw-------"));
            try {
                Files.write(fresh, JSON.writeValueAsBytes(kept));
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the users and tokens cannot be kept in " + target + ": " + e, e);
        }
    }

    private static FileAttribute<?>[] onlyOwner(Path at, String mode) {
        return at.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
