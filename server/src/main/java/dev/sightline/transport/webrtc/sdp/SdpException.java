package dev.sightline.transport.webrtc.sdp;

/** A session description cannot be used; the message explains that to the side that sent it. */
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

    /** It can be parsed, but requests something that is not available here (HTTP 422). */
    static SdpException unacceptable(String message) {
        return new SdpException(message, false);
    }

    /** Whether it breaks the rules of its format; otherwise it requests something that is not available. */
    public boolean isMalformed() {
        return malformed;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
