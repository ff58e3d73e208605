package dev.sightline.app;

import dev.sightline.app.configuration.DataFolder;
import dev.sightline.worker.PrivateFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder into which JavaCPP unpacks native libraries and from which it loads them. Whoever can write to it can run code as
 * this user; and without a home, JavaCPP itself uses a name in the temporary folder that any user could create before it.
 */
final class NativesFolder {
    /** JavaCPP's own. */
    static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

    private static final Logger LOG = LoggerFactory.getLogger(NativesFolder.class);
    private static final String CURE = "name a folder that only this user can change by -D" + PROPERTY
            + "=FOLDER (./sightline takes it in SIGHTLINE_JAVA_OPTS)";
    private static final String UNIX = "unix";
    private static final int ROOT = 0;
    // From POSIX's file modes.
    private static final int OTHERS_WRITE = 0022;
    private static final int ANYBODY_WRITES = 0002;
    private static final int STICKY = 01000;

    private NativesFolder() {}

    /**
     * Makes JavaCPP use the folder that the command line names, else the user's own, else a new one for this process. Call it
     * before any use of JavaCPP.
     *
     * @throws IOException if there is none; the message says what to do
     */
    static void choose() throws IOException {
        String named = System.getProperty(PROPERTY);
        System.setProperty(
                PROPERTY,
                (named == null ? ownOrFresh(DataFolder.findCache().resolve("natives")) : named(Path.of(named)))
                        .toString());
    }

    /** Uses an explicitly named folder, or refuses it. */
    static Path named(Path folder) throws IOException {
        Optional<String> objection = objection(folder);
        if (objection.isPresent()) {
            throw new IOException(
                    "native libraries cannot be loaded from '" + folder + "': " + objection.get() + "; " + CURE);
        }
        return folder.toAbsolutePath();
    }

    /** This folder if no other user can have written to it, else a new one, which is deleted when the program ends. */
    static Path ownOrFresh(Path own) throws IOException {
        Optional<String> objection = own.isAbsolute() ? objection(own) : Optional.of("this user has no home");
        if (objection.isEmpty()) {
            return own;
        }
        try {
            Path fresh = Files.createTempDirectory("sightline-natives-");
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> PrivateFolders.delete(fresh), "sightline-natives-end"));
            LOG.warn("native libraries are unpacked at every start, since {}; {}", objection.get(), CURE);
            return fresh;
        } catch (IOException e) {
            throw new IOException(
                    "native libraries can be unpacked nowhere: " + objection.get()
                            + ", and no temporary folder can be made (" + e.getMessage() + "); " + CURE,
                    e);
        }
    }

    /** Why a folder, created if necessary, may not be used; part of a sentence. */
    static Optional<String> objection(Path folder) {
        try {
            boolean unix = folder.getFileSystem().supportedFileAttributeViews().contains(UNIX);
            if (!Files.exists(folder)) {
                PrivateFolders.make(folder);
            }
            Path real = folder.toRealPath();
            Path probe = Files.createTempFile(real, "probe", "");
            try {
                return unix ? stranger(real, number(probe, "uid")) : Optional.empty();
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            return Optional.of("'" + folder + "' cannot be written to");
        }
    }

    private static Optional<String> stranger(Path folder, int user) throws IOException {
        if (number(folder, "uid") != user || (number(folder, "mode") & OTHERS_WRITE) != 0) {
            return Optional.of("'" + folder + "' belongs to another user, or others may write to it");
        }
        for (Path above = folder.getParent(); above != null; above = above.getParent()) {
            int owner = number(above, "uid");
            boolean open = (number(above, "mode") & (ANYBODY_WRITES | STICKY)) == ANYBODY_WRITES;
            if (open || owner != user && owner != ROOT) {
                return Optional.of("another user may put another folder in the place of '" + folder + "'");
            }
        }
        return Optional.empty();
    }

    private static int number(Path file, String attribute) throws IOException {
        return (int) Files.getAttribute(file, UNIX + ":" + attribute);
    }
}
