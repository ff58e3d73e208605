package dev.sightline.transport.webrtc.rtp;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts VP8 frames (RFC 7741) into payloads with a descriptor of one byte.
 *
 * <p>It contains no picture id: a viewer's sequence numbers have no gaps but losses, so it would add nothing, and it would have
 * to be rewritten when a viewer changes the rendition.
 */
final class Vp8Packetiser implements Packetiser {
    static final int START_OF_PARTITION = 0x10;

    private static final int DESCRIPTOR_SIZE = 1;

    private final int greatest;

    Vp8Packetiser() {
        this(GREATEST_PAYLOAD);
    }

    private Vp8Packetiser(int greatest) {
        this.greatest = greatest;
    }

    @Override
    public Packetiser cuttingTo(int bytes) {
        return new Vp8Packetiser(bytes);
    }

    @Override
    public List<byte[]> payloads(byte[] picture) {
        if (picture.length == 0) {
            return List.of();
        }
        int even = Packetiser.evenSize(picture.length, greatest - DESCRIPTOR_SIZE);
        List<byte[]> payloads = new ArrayList<>();
        for (int at = 0; at < picture.length; at += even) {
            int size = Math.min(even, picture.length - at);
            byte[] payload = new byte[DESCRIPTOR_SIZE + size];
            payload[0] = (byte) (at == 0 ? START_OF_PARTITION : 0);
            System.arraycopy(picture, at, payload, DESCRIPTOR_SIZE, size);
            payloads.add(payload);
        }
        return payloads;
    }
}
