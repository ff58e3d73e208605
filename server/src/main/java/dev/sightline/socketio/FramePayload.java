package dev.sightline.socketio;

import dev.sightline.frame.EncodedFrame;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Builds what is emitted for a picture. Called once for a picture while somebody watches, usually by an event loop: it
 * must be quick and never wait.
 */
@FunctionalInterface
public interface FramePayload {
    /**
     * The event's argument: what JSON can say, and {@code byte[]} or {@link EncodedFrame#data} anywhere in it. If this
     * throws, the picture is left out and the failure logged, at most once a period.
     */
    Object of(EncodedFrame frame);

    /** The picture as {@code data:MEDIA-TYPE;base64,…}, usable as an image's {@code src}. */
    static String dataUrl(EncodedFrame frame, String mediaType) {
        return "data:" + mediaType + ";base64,"
                + StandardCharsets.ISO_8859_1.decode(Base64.getEncoder().encode(frame.data()));
    }
}
