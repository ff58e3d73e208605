package dev.sightline.transport.webrtc.rtp;

import dev.sightline.frame.Codec;

/** Assembles a compressed frame from consecutive RTP payloads. Used on the media thread. */
sealed interface Depacketiser permits Vp8Depacketiser, H264Depacketiser {
    /** Whether a frame may begin with this payload. */
    boolean startsPicture(byte[] payload);

    /** Whether a keyframe begins with this payload. */
    boolean startsKeyframe(byte[] payload);

    /** Adds the frame's next payload; false if it does not continue what is there, or is malformed. */
    boolean add(byte[] payload);

    /** The number of bytes so far. */
    int size();

    /** Whether what is there decodes without earlier frames. */
    boolean keyframe();

    /** Whether nothing is incomplete. */
    boolean complete();

    /** Returns the assembled frame and begins the next. */
    byte[] finish();

    /** Discards what is there. */
    void reset();

    /** The depacketiser of a codec; throws for one that WebRTC does not carry. */
    static Depacketiser of(Codec codec) {
        return switch (codec) {
            case VP8 -> new Vp8Depacketiser();
            case H264 -> new H264Depacketiser();
            default -> throw new IllegalArgumentException(codec.codecName() + " does not come by RTP");
        };
    }
}
