package dev.sightline.transport.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Headers of RFC 3550 and their extensions of RFC 8285. */
class RtpHeaderTest {
    @Test
    void read_plainPacket_hasEveryField() {
        byte[] packet = Hex.bytes("80 e0 1234 fffffffe 89abcdef aabbcc");

        RtpHeader header = RtpHeader.read(packet, 0, packet.length).orElseThrow();

        assertThat(header).isEqualTo(new RtpHeader(true, 96, 0x1234, 0xfffffffeL, 0x89abcdefL, 12, 3));
    }

    @Test
    void read_sourcesExtensionAndPadding_findsThePayloadBetween() {
        byte[] packet = Hex.bytes("ffff b1 60 0001 00000002 00000003 00000009 bede 0001 22 010203 aabb 000003 ffff");

        RtpHeader header = RtpHeader.read(packet, 2, packet.length - 4).orElseThrow();

        assertThat(header.payloadOffset()).isEqualTo(2 + 12 + 4 + 8);
        assertThat(header.payloadLength()).isEqualTo(2);
    }

    @Test
    void read_brokenPackets_isEmpty() {
        for (String broken : new String[] {
            "",
            "80 60 0001 00000002 000000",
            "40 60 0001 00000002 00000003",
            "81 60 0001 00000002 00000003",
            "90 60 0001 00000002 00000003 bede",
            "90 60 0001 00000002 00000003 bede 0002 00000000",
            "a0 60 0001 00000002 00000003 aa00",
            "a0 60 0001 00000002 00000003 aa03"
        }) {
            byte[] packet = Hex.bytes(broken);
            assertThat(RtpHeader.read(packet, 0, packet.length)).as(broken).isEmpty();
        }
    }

    @Test
    void extensions_oneByteForm_isWrittenAsTheRfcHasIt() {
        byte[] written = HeaderExtensions.write(new TreeMap<>(Map.of(1, new byte[] {'0'}, 3, Hex.bytes("0a0b0c"))));

        assertThat(Hex.text(written)).isEqualTo("bede0002" + "1030" + "320a0b0c" + "0000");
    }

    @Test
    void extensions_aGreatId_takesTheTwoByteForm() {
        byte[] written = HeaderExtensions.write(new TreeMap<>(Map.of(16, Hex.bytes("0a0b0c"))));

        assertThat(Hex.text(written)).isEqualTo("10000002" + "10030a0b0c" + "000000");
    }
}
