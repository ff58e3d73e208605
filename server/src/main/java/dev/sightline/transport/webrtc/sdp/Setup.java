package dev.sightline.transport.webrtc.sdp;

import dev.sightline.refusal.Excerpt;
import java.util.Locale;

/** Which side begins the DTLS handshake (RFC 4145 section 4, RFC 5763). */
public enum Setup {
    /** The other side decides. */
    ACTPASS,
    /** The side that names it begins: it is the DTLS client. */
    ACTIVE,
    /** The side that names it waits: it is the DTLS server. */
    PASSIVE,
    /** Neither, for now. */
    HOLDCONN;

    static Setup parse(String value) throws SdpException {
        for (Setup each : values()) {
            if (each.attribute().equals(value.strip())) {
                return each;
            }
        }
        throw SdpException.malformed("setup is actpass, active or passive, not '" + Excerpt.of(value) + "'");
    }

    String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }
}
