package dev.sightline.transport.webrtc.rtp;

import dev.sightline.frame.Codec;
import java.util.List;

/** Cuts a compressed frame into RTP payloads. One per rendition and size of datagrams, used on the media thread. */
sealed interface Packetiser permits Vp8Packetiser, H264Packetiser {
    /** What a datagram has besides at most: header, extensions, RTX and SRTP's tag. */
    int BESIDES = 70;

    /** The most bytes of a payload, unless the way takes less: a datagram then has at most 1,200 bytes, as libwebrtc's have. */
    int GREATEST_PAYLOAD = 1_200 - BESIDES;

    /** The payloads of one frame, in order; in each run all but the last have the same size, as UDP GSO requires. */
    List<byte[]> payloads(byte[] picture);

    /** One for the same frames that cuts them into payloads of at most so many bytes. */
    Packetiser cuttingTo(int greatest);

    /** The packetiser of a codec; throws for one that WebRTC does not carry. */
    static Packetiser of(Codec codec) {
        return switch (codec) {
            case VP8 -> new Vp8Packetiser();
            case H264 -> new H264Packetiser();
            default -> throw new IllegalArgumentException(codec.codecName() + " is not sent by RTP");
        };
    }

    /** The number of pieces of at most {@code greatest} bytes. */
    static int pieces(int size, int greatest) {
        return (size + greatest - 1) / greatest;
    }

    /** The size of all pieces but the last, with sizes as even as possible. */
    static int evenSize(int size, int greatest) {
        int pieces = pieces(size, greatest);
        return (size + pieces - 1) / pieces;
    }
}
