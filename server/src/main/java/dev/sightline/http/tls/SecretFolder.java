package dev.sightline.http.tls;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that only its owner can enter, with files that only its owner can read. Where files have no such permissions
 * (Windows), it relies on the folder being inside the user's own.
 */
final class SecretFolder {
    private static final Logger LOG = LoggerFactory.getLogger(SecretFolder.class);
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private final Path folder;
    private final boolean posix;

    /**
     * Creates the folder if there is none.
     *
     * @throws TlsException if that fails
     */
    SecretFolder(Path folder) {
        this.folder = folder;
        this.posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            Files.createDirectories(folder);
            if (posix) {
                Files.setPosixFilePermissions(folder, FOLDER);
            }
        } catch (IOException e) {
            throw cannot("made", e);
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    boolean has(String name) {
        return Files.exists(file(name));
    }

    /** Runs an action while no other process does the same. */
    <T> T alone(Supplier<T> action) {
        try (FileChannel lock = FileChannel.open(
                        file("lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), only(FILE));
                var held = lock.lock()) {
            assert held.isValid();
            return action.get();
        } catch (IOException e) {
            throw cannot("used", e);
        }
    }

    /** Writes a file atomically, at no moment readable by others. */
    void write(String name, String text) {
        try {
            Path fresh = Files.createTempFile(folder, name, ".new", only(FILE));
            try {
                Files.writeString(fresh, text, StandardCharsets.US_ASCII);
                Files.move(fresh, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw cannot("written to", e);
        }
    }

    /** Removes other users' permissions on a file, and warns if others could read it. */
    void guard(String name) {
        try {
            if (posix && !FILE.containsAll(Files.getPosixFilePermissions(file(name)))) {
                Files.setPosixFilePermissions(file(name), FILE);
                LOG.warn("{} could be read by other users of this computer; no longer", file(name));
            }
        } catch (IOException e) {
            throw cannot("guarded", e);
        }
    }

    private FileAttribute<?>[] only(Set<PosixFilePermission> permissions) {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private TlsException cannot(String what, IOException e) {
        return new TlsException(
                "the folder of certificates " + folder + " cannot be " + what + ": " + TlsException.words(e), e);
    }
}
