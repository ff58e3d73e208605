package dev.sightline.codec;

/**
 * The settings of an encoder.
 *
 * @param width of the frames, even
 * @param height of the frames, even
 * @param bitsPerSecond the rate to hold
 * @param fps frames per second, as far as known
 * @param noisy whether the frames are full of noise, see {@link NoiseMeter}
 * @param strained whether the frames are, or were lately, too hard for the rate, see {@link SizeGuard}
 */
record EncoderSettings(int width, int height, int bitsPerSecond, double fps, boolean noisy, boolean strained) {
    private static final int SMALL = 640 * 480;

    /** Whether there is time for better quality. */
    boolean small() {
        return width * height <= SMALL;
    }

    @Override
    public String toString() {
        return width + "x" + height + ", " + bitsPerSecond / 1_000 + " kbit/s";
    }
}
