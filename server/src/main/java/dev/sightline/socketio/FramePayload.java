package dev.sightline.socketio;

import dev.sightline.frame.EncodedFrame;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Builds the payload that is emitted for a frame. Called once per frame while somebody watches, usually by an event loop: it
 * must be quick and never wait.
 */
@FunctionalInterface
public interface FramePayload {
    /**
     * The event's argument: a JSON value, with {@code byte[]} or {@link EncodedFrame#data} anywhere in it. If this throws, the
     * frame is left out and the failure is logged, at most once per period.
     */
    Object of(EncodedFrame frame);

    /** The frame as {@code data:MEDIA-TYPE;base64,…}, usable as an image's {@code src}. */
    static String dataUrl(EncodedFrame frame, String mediaType) {
        return "data:" + mediaType + ";base64,"
                + StandardCharsets.ISO_8859_1.decode(Base64.getEncoder().encode(frame.data()));
    }
}
