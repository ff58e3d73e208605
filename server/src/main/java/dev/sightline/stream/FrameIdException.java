package dev.sightline.stream;

/** What a sender calls its picture cannot be told back; the message says why, for the one who sent it (HTTP 400). */
public final class FrameIdException extends Exception {
    private static final long serialVersionUID = 1;

    FrameIdException(String fault) {
        super("a picture's id is {\"seq\": whole number, \"captureTime\": number} in JSON, and here " + fault);
    }
}
