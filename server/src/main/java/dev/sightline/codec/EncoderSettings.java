package dev.sightline.codec;

/**
 * What an encoder is opened for.
 *
 * @param width of the pictures, even
 * @param height of the pictures, even
 * @param bitsPerSecond the rate to hold
 * @param fps pictures a second, as far as is known
 */
record EncoderSettings(int width, int height, int bitsPerSecond, double fps) {
    private static final int SMALL = 640 * 480;

    /**
     * libvpx's speed, negative for a fixed one: the quickest that holds its rate is 6, which takes 6 ms for 720p; small
     * pictures have time for more care.
     */
    int vpxSpeed() {
        return width * height > SMALL ? -6 : -4;
    }

    @Override
    public String toString() {
        return width + "x" + height + ", " + bitsPerSecond / 1_000 + " kbit/s";
    }
}
