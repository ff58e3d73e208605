package dev.sightline.transport.webrtc.sdp;

import java.util.Locale;

/** Which way media goes, seen from the side that says it (RFC 8866 section 6.7). */
public enum Direction {
    /** Both ways. */
    SENDRECV(true, true),
    /** From the one who says it. */
    SENDONLY(true, false),
    /** To the one who says it. */
    RECVONLY(false, true),
    /** Neither way. */
    INACTIVE(false, false);

    private final boolean sends;
    private final boolean receives;

    Direction(boolean sends, boolean receives) {
        this.sends = sends;
        this.receives = receives;
    }

    /** Whether the side that says it sends. */
    public boolean sends() {
        return sends;
    }

    /** Whether the side that says it receives. */
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
