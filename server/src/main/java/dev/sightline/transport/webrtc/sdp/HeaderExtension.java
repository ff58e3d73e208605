package dev.sightline.transport.webrtc.sdp;

/** The RTP header extensions that are used here (RFC 8285). */
public enum HeaderExtension {
    /** Which section of the description a packet belongs to (RFC 8843 section 15). */
    MID("urn:ietf:params:rtp-hdrext:sdes:mid"),
    /** Which simulcast layer it belongs to (RFC 8852); only where layers are offered, as Chromium then insists on it. */
    RTP_STREAM_ID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
    /** When a packet left, in 24 bits. */
    ABS_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
    /** How long a viewer may hold pictures back. */
    PLAYOUT_DELAY("http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"),
    /** When a picture was captured. */
    ABS_CAPTURE_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time");

    private final String uri;

    HeaderExtension(String uri) {
        this.uri = uri;
    }

    /** Its name on the wire. */
    public String uri() {
        return uri;
    }
}
