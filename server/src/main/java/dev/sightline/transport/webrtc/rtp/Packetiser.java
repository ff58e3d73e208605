package dev.sightline.transport.webrtc.rtp;

import dev.sightline.frame.Codec;
import java.util.List;

/** Cuts a compressed picture into RTP payloads. One per rendition, on the media thread. */
sealed interface Packetiser permits Vp8Packetiser, H264Packetiser {
    /** Bytes of a payload at most: with every header and SRTP's tag a packet fits into IPv6's least MTU of 1,280. */
    int GREATEST_PAYLOAD = 1_170;

    /** The payloads of one picture, in order; all but the last of a run are equally long, as UDP GSO wants them. */
    List<byte[]> payloads(byte[] picture);

    /** How this codec is cut; refuses one that WebRTC does not carry. */
    static Packetiser of(Codec codec) {
        return switch (codec) {
            case VP8 -> new Vp8Packetiser();
            case H264 -> new H264Packetiser();
            default -> throw new IllegalArgumentException(codec.codecName() + " is not sent by RTP");
        };
    }

    /** How many pieces of at most {@code greatest} bytes it takes. */
    static int pieces(int size, int greatest) {
        return (size + greatest - 1) / greatest;
    }

    /** The size of all pieces but the last, if they are as even as can be. */
    static int evenSize(int size, int greatest) {
        int pieces = pieces(size, greatest);
        return (size + pieces - 1) / pieces;
    }
}
