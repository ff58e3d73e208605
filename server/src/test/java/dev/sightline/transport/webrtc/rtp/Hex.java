package dev.sightline.transport.webrtc.rtp;

import java.util.HexFormat;

/** Bytes as a test writes them: {@code "80 60 0001"}. */
final class Hex {
    private Hex() {}

    static byte[] bytes(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    static String text(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
