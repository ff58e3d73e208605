package dev.sightline.socketio;

import dev.sightline.processor.Parameter;
import java.util.Set;

/**
 * An event that carries frames to clients.
 *
 * @param event its name
 * @param payload what its argument is
 * @param mediaType the media type in a data URL
 * @param quality of the JPEG, 1 to 100
 */
public record PictureEvent(
        @Parameter(value = "The event's name.", byDefault = "frame")
        String event,

        @Parameter(
                value =
                        "What its argument is: jpeg (binary), data-url, or object ({seq, captureTime, metadata, image, from?}).",
                byDefault = "jpeg")
        PayloadKind payload,

        @Parameter(value = "The media type that a data URL names.", byDefault = "image/jpeg")
        String mediaType,

        @Parameter(value = "The quality of the JPEG, 1 to 100.", byDefault = "80", min = 1, max = 100)
        int quality) {
    private static final int DEFAULT_QUALITY = 80;
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    /** {@code frame}, with the JPEG as its argument. */
    public static final PictureEvent DEFAULTS =
            new PictureEvent("frame", PayloadKind.JPEG, "image/jpeg", DEFAULT_QUALITY);

    /** Throws IllegalArgumentException if the name is empty or reserved, or the quality outside 1 to 100. */
    public PictureEvent {
        checkName(event);
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality lies between 1 and 100, this is " + quality);
        }
    }

    /** An event with the given name and the JPEG as its argument. */
    public static PictureEvent named(String event) {
        return new PictureEvent(event, PayloadKind.JPEG, "image/jpeg", DEFAULT_QUALITY);
    }

    /** The same event under another name. */
    public PictureEvent withEvent(String name) {
        return new PictureEvent(name, payload, mediaType, quality);
    }

    /** The same event with another argument. */
    public PictureEvent withPayload(PayloadKind kind) {
        return new PictureEvent(event, kind, mediaType, quality);
    }

    /** The same event with a data URL of the given media type as its argument. */
    public PictureEvent withDataUrl(String type) {
        return new PictureEvent(event, PayloadKind.DATA_URL, type, quality);
    }

    /** The same event with another quality, 1 to 100. */
    public PictureEvent withQuality(int percent) {
        return new PictureEvent(event, payload, mediaType, percent);
    }

    static void checkName(String event) {
        if (event.isBlank()) {
            throw new IllegalArgumentException("an event has a name");
        }
        if (RESERVED.contains(event)) {
            throw new IllegalArgumentException(
                    "an event cannot be named '" + event + "', which Socket.IO keeps for itself: choose another name");
        }
    }
}
