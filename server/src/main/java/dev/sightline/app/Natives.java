package dev.sightline.app;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;

/**
 * Loads the native libraries that every stream needs early, beside the rest of the start. Neural networks and FFmpeg are
 * loaded by the first who needs them: libraries are loaded one at a time, and these would stand in the way of a picture.
 */
final class Natives {
    private Natives() {}

    /** Begins to load; whoever needs them sooner waits for the same loading. */
    static void loadInBackground() {
        Thread thread = new Thread(Natives::load, "sightline-natives");
        thread.setDaemon(true);
        thread.start();
    }

    private static void load() {
        Loader.load(opencv_imgcodecs.class);
        Loader.load(opencv_imgproc.class);
    }
}
