package dev.sightline.processors;

import org.bytedeco.opencv.global.opencv_core;

/**
 * Has OpenCV do each call on the calling thread.
 *
 * <p>Live streams are many small calls on many threads. Spread over a pool, BlazeFace answers in 1.4 ms instead of 1.9,
 * but for 2.7 ms of processor time, as the pool's threads spin while they wait. OpenCV knows this setting only for the
 * whole process; a program that wants it otherwise calls {@code opencv_core.setNumThreads} after the first built-in
 * processor is made.
 */
final class OneThread {

    static {
        opencv_core.setNumThreads(1);
    }

    private OneThread() {}

    /** Makes sure of it, once per process. */
    static void perCall() {}
}
