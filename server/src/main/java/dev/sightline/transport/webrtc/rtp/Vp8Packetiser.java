package dev.sightline.transport.webrtc.rtp;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts VP8 frames (RFC 7741) behind a payload descriptor of one byte.
 *
 * <p>There is no picture number in it: a viewer's sequence numbers have no gaps but losses, so that it would tell
 * nothing, and it would have to be rewritten for a viewer who changes to another rendition.
 */
final class Vp8Packetiser implements Packetiser {
    static final int START_OF_PARTITION = 0x10;

    private static final int DESCRIPTOR_SIZE = 1;

    @Override
    public List<byte[]> payloads(byte[] picture) {
        if (picture.length == 0) {
            return List.of();
        }
        int even = Packetiser.evenSize(picture.length, GREATEST_PAYLOAD - DESCRIPTOR_SIZE);
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
