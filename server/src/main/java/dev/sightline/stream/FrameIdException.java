package dev.sightline.stream;

/** A sender's id of its frame is invalid; the message tells the sender why (HTTP 400). */
public final class FrameIdException extends Exception {
    private static final long serialVersionUID = 1;

    FrameIdException(String fault) {
        super("a picture's id is {\"seq\": whole number, \"captureTime\": number} in JSON, and here " + fault);
    }
}
