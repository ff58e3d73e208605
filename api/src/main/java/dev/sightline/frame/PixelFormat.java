package dev.sightline.frame;

/** How the pixels of a raw {@link Frame} are laid out. */
public enum PixelFormat {
    /** Three 8-bit channels, blue first: OpenCV's usual order ({@code CV_8UC3}). */
    BGR(3),
    /** One 8-bit channel, luminance ({@code CV_8UC1}). */
    GRAY(1);

    private final int channels;

    PixelFormat(int channels) {
        this.channels = channels;
    }

    /** Bytes per pixel. */
    public int channels() {
        return channels;
    }

    static PixelFormat ofChannels(int channels) {
        return switch (channels) {
            case 1 -> GRAY;
            case 3 -> BGR;
            default ->
                throw new IllegalArgumentException("a frame has 1 channel (GRAY) or 3 (BGR), this Mat has " + channels);
        };
    }
}
