package dev.sightline.transport.webrtc.sdp;

/** A session description cannot be used; the message is a sentence for whoever sent it. */
public final class SdpException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean malformed;

    private SdpException(String message, boolean malformed) {
        super(message, null, false, false);
        this.malformed = malformed;
    }

    /** It breaks the rules of its format (HTTP 400). */
    static SdpException malformed(String message) {
        return new SdpException(message, true);
    }

    /** It can be read, but what it asks for is not to be had here (HTTP 422). */
    static SdpException unacceptable(String message) {
        return new SdpException(message, false);
    }

    /** Whether it breaks the rules of its format; else it asks for what is not to be had. */
    public boolean isMalformed() {
        return malformed;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
