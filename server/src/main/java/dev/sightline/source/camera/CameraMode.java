package dev.sightline.source.camera;

import dev.sightline.frame.JpegHeader;

/**
 * The size and rate requested from a camera, which may deliver the nearest it has.
 *
 * @param width in pixels, from 16
 * @param height in pixels, from 16
 * @param fps frames per second, 1 to 240
 */
record CameraMode(int width, int height, int fps) {
    /** The default request. */
    static final CameraMode USUAL = new CameraMode(640, 480, 30);

    /** Throws if no camera can have these values. */
    CameraMode {
        if (width < 16 || height < 16 || (long) width * height > JpegHeader.MAX_PIXELS) {
            throw new IllegalArgumentException("no camera gives pictures of " + width + "x" + height + " pixels");
        }
        if (fps < 1 || fps > 240) {
            throw new IllegalArgumentException("a camera gives 1 to 240 pictures a second, not " + fps);
        }
    }

    /** FFmpeg's form, {@code 640x480}. */
    String size() {
        return width + "x" + height;
    }
}
