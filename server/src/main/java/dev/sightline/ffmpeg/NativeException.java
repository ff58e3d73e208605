package dev.sightline.ffmpeg;

/** FFmpeg failed; the message is its own. */
public final class NativeException extends Exception {
    private static final long serialVersionUID = 1;

    NativeException(int code) {
        super(NativeError.text(code));
    }
}
