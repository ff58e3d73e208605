package dev.sightline.socketio;

/** What an event's argument is. */
public enum PayloadKind {
    /** The JPEG, binary. */
    JPEG,
    /** Text that can be an image's {@code src}. */
    DATA_URL,
    /** {@code {seq, captureTime, from?, metadata, image}}, the image binary. */
    OBJECT
}
