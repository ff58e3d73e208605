package dev.sightline.transport.webrtc.rtp;

import dev.sightline.frame.Codec;

/** Puts a compressed picture together from RTP payloads that follow each other without a gap. On the media thread. */
sealed interface Depacketiser permits Vp8Depacketiser, H264Depacketiser {
    /** Whether a picture may begin with this payload. */
    boolean startsPicture(byte[] payload);

    /** Whether a keyframe begins with this payload. */
    boolean startsKeyframe(byte[] payload);

    /** Adds the next payload of the picture; false if it does not go on from what is there, or breaks the rules. */
    boolean add(byte[] payload);

    /** Bytes put together so far. */
    int size();

    /** Whether what is there can be decoded without what came before. */
    boolean keyframe();

    /** Whether nothing is left open. */
    boolean complete();

    /** The picture put together; the next one begins. */
    byte[] finish();

    /** Forgets what is there. */
    void reset();

    /** How this codec is put together; refuses one that WebRTC does not carry. */
    static Depacketiser of(Codec codec) {
        return switch (codec) {
            case VP8 -> new Vp8Depacketiser();
            case H264 -> new H264Depacketiser();
            default -> throw new IllegalArgumentException(codec.codecName() + " does not come by RTP");
        };
    }
}
