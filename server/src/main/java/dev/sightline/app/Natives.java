package dev.sightline.app;

import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;

/** Loads the native libraries early, beside the rest of the start; it takes a second, and longer the first time. */
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
        Loader.load(opencv_dnn.class);
        Loader.load(avformat.class);
    }
}
