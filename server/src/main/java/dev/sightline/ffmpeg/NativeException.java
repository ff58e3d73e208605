package dev.sightline.ffmpeg;

/** FFmpeg could not do something; the message is its own words. */
public final class NativeException extends Exception {
    private static final long serialVersionUID = 1;

    NativeException(int code) {
        super(NativeError.text(code));
    }
}
