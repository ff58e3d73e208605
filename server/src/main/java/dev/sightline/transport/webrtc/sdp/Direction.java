package dev.sightline.transport.webrtc.sdp;

import java.util.Locale;

/** The direction of media, seen from the side that names it (RFC 8866 section 6.7). */
public enum Direction {
    /** Both directions. */
    SENDRECV(true, true),
    /** From the side that names it. */
    SENDONLY(true, false),
    /** To the side that names it. */
    RECVONLY(false, true),
    /** Neither direction. */
    INACTIVE(false, false);

    private final boolean sends;
    private final boolean receives;

    Direction(boolean sends, boolean receives) {
        this.sends = sends;
        this.receives = receives;
    }

    /** Whether the side that names it sends. */
    public boolean sends() {
        return sends;
    }

    /** Whether the side that names it receives. */
    public boolean receives() {
        return receives;
    }

    /** The attribute, for example {@code sendonly}. */
    String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Direction of(boolean sends, boolean receives) {
        if (sends) {
            return receives ? SENDRECV : SENDONLY;
        }
        return receives ? RECVONLY : INACTIVE;
    }
}
