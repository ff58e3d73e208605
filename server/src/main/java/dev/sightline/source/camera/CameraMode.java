package dev.sightline.source.camera;

import dev.sightline.frame.JpegHeader;

/**
 * A size and rate that a camera is asked for; it may give the nearest it has.
 *
 * @param width in pixels, from 16
 * @param height in pixels, from 16
 * @param fps pictures a second, 1 to 240
 */
record CameraMode(int width, int height, int fps) {
    /** What is asked for where nothing is said. */
    static final CameraMode USUAL = new CameraMode(640, 480, 30);

    /** Refuses what no camera has. */
    CameraMode {
        if (width < 16 || height < 16 || (long) width * height > JpegHeader.MAX_PIXELS) {
            throw new IllegalArgumentException("no camera gives pictures of " + width + "x" + height + " pixels");
        }
        if (fps < 1 || fps > 240) {
            throw new IllegalArgumentException("a camera gives 1 to 240 pictures a second, not " + fps);
        }
    }

    /** As FFmpeg writes it, {@code 640x480}. */
    String size() {
        return width + "x" + height;
    }
}
