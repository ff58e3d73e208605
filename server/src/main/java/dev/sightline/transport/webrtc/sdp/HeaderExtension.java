package dev.sightline.transport.webrtc.sdp;

/** The RTP header extensions that we use (RFC 8285). */
public enum HeaderExtension {
    /** The section of the description that a packet belongs to (RFC 8843 section 15). */
    MID("urn:ietf:params:rtp-hdrext:sdes:mid"),
    /** The simulcast layer a packet belongs to (RFC 8852); only for offers with layers, for which Chromium requires it. */
    RTP_STREAM_ID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
    /** When a packet was sent, in 24 bits. */
    ABS_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
    /** How long a viewer may delay frames. */
    PLAYOUT_DELAY("http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"),
    /** Numbers the packets of all streams of a transport, for feedback on when each arrived. */
    TRANSPORT_SEQUENCE_NUMBER("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
    /** When a frame was captured. */
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
