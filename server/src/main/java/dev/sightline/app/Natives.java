package dev.sightline.app;

import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the native libraries that every stream needs early, beside the rest of the start. Neural networks and FFmpeg are
 * loaded by the first who needs them: libraries are loaded one at a time, and these would stand in the way of a picture.
 */
final class Natives {
    private static final Logger LOG = LoggerFactory.getLogger(Natives.class);
    private static final CompletableFuture<Void> LOADED = new CompletableFuture<>();
    private static final int MOST_CAUSES = 20;

    private Natives() {}

    /** Begins to load; whoever needs them sooner waits for the same loading. */
    static void loadInBackground() {
        Thread thread = new Thread(Natives::load, "sightline-natives");
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on the program ends, with a line and a code, if they cannot be loaded: without them it would show nothing. */
    static void require(PrintWriter err) {
        LOADED.exceptionally(failure -> {
            LOG.debug("where it failed", failure);
            err.println("sightline: native libraries cannot be loaded: " + reason(failure) + "; they are unpacked to '"
                    + System.getProperty(NativesFolder.PROPERTY)
                    + "': is there room, and may programs be run from there?");
            err.flush();
            System.exit(1);
            return null;
        });
    }

    private static void load() {
        try {
            Loader.load(opencv_imgcodecs.class);
            Loader.load(opencv_imgproc.class);
            LOADED.complete(null);
        } catch (Throwable e) {
            // Of whatever kind: a disk that is full, a library that is missing.
            LOADED.completeExceptionally(e);
        }
    }

    /** The innermost that says anything: what wraps it says that some library is not there. */
    private static String reason(Throwable failure) {
        Throwable told = failure;
        String reason = String.valueOf(failure.getMessage());
        for (int i = 0; i < MOST_CAUSES && told.getCause() != null; i++) {
            told = told.getCause();
            reason = told.getMessage() == null ? reason : told.getMessage();
        }
        return reason;
    }
}
