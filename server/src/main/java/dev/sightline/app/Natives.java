package dev.sightline.app;

import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the native libraries that every stream needs early, in parallel with the rest of the start. Neural networks and FFmpeg
 * are loaded on first use: libraries load one at a time, and these would delay the first frame.
 */
final class Natives {
    private static final Logger LOG = LoggerFactory.getLogger(Natives.class);
    private static final CompletableFuture<Void> LOADED = new CompletableFuture<>();
    private static final int MOST_CAUSES = 20;

    private Natives() {}

    /** Starts loading; code that needs them sooner waits for it. */
    static void loadInBackground() {
        Thread thread = new Thread(Natives::load, "sightline-natives");
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on the program ends with a message and a code if they cannot be loaded: without them it would show nothing. */
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
            // Any failure: a full disk, a missing library.
            LOADED.completeExceptionally(e);
        }
    }

    /** The message of the innermost cause that has one: the outer ones only say that some library is missing. */
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
