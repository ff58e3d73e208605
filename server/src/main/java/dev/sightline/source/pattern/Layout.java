package dev.sightline.source.pattern;

/**
 * The layout of a test frame.
 *
 * @param width in pixels
 * @param height in pixels
 */
record Layout(int width, int height) {
    /** Characters of the clock: {@code 12:34:56.789}. */
    static final int CLOCK_CHARACTERS = 12;

    /** The first row of the number strip. */
    int stripTop() {
        return height - NumberStrip.height(height);
    }

    /** The height of the colour bars above the strip. */
    int colourBarHeight() {
        return Math.max(1, height / 80);
    }

    /** The bottom of the free area above the colours. */
    int floor() {
        return stripTop() - colourBarHeight();
    }

    double centerX() {
        return width / 2.0;
    }

    double centerY() {
        return floor() / 2.0;
    }

    /** Half the width of the disc's orbit. */
    double orbitX() {
        return 0.41 * width;
    }

    /** Half the height of the disc's orbit. */
    double orbitY() {
        return 0.38 * floor();
    }

    double markerRadius() {
        return Math.max(2, 0.052 * Math.min(width, height));
    }

    /** One character of the clock, at least 1 pixel. */
    int characterWidth() {
        return (int) Math.max(1, Math.min(0.50 * width / CLOCK_CHARACTERS, 0.09 * floor()));
    }

    int characterHeight() {
        return (int) Math.max(2, 1.7 * characterWidth());
    }

    int clockLeft() {
        return (width - CLOCK_CHARACTERS * characterWidth()) / 2;
    }

    int clockTop() {
        return (int) centerY() - characterHeight() / 2;
    }
}
