package dev.sightline.socketio;

/** What an event's argument is. */
public enum PayloadKind {
    /** The JPEG as binary data. */
    JPEG,
    /** Text for an image's {@code src}. */
    DATA_URL,
    /** {@code {seq, captureTime, from?, metadata, image}} with a binary image. */
    OBJECT
}
