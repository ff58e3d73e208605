package dev.sightline.processors;

import org.bytedeco.opencv.global.opencv_core;

/**
 * Makes OpenCV run each call on the calling thread.
 *
 * <p>Live streams are many small calls on many threads. Spread over a pool, BlazeFace answers in 1.4 ms instead of 1.9, but for
 * 2.7 ms of processor time, since the pool's threads spin while they wait. OpenCV has this setting only for the whole process;
 * to change it, call {@code opencv_core.setNumThreads} after the first built-in processor was made.
 */
final class OneThread {

    static {
        opencv_core.setNumThreads(1);
    }

    private OneThread() {}

    /** Applies the setting, once per process. */
    static void perCall() {}
}
