package dev.sightline.testkit.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ends of SRTP against each other. */
class SecureRtpTest {

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void openRtp_numbersThatGoRound_isWhatWasSealed(SrtpProfile profile) {
        byte[] material = material(profile);
        SecureRtp server = SecureRtp.ofServer(profile, material);
        SecureRtp client = SecureRtp.ofClient(profile, material);
        for (int sequence = 65_530; sequence < 65_550; sequence++) {
            byte[] packet = packet(sequence & 0xFFFF);
            assertThat(client.openRtp(server.sealRtp(packet))).hasValue(packet);
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void open_anyBitChanged_isRefused(SrtpProfile profile) {
        byte[] material = material(profile);
        SecureRtp client = SecureRtp.ofClient(profile, material);
        byte[] media = SecureRtp.ofServer(profile, material).sealRtp(packet(7));
        byte[] control = SecureRtp.ofServer(profile, material).sealRtcp(Rtcp.pli(1, 2));
        assertThat(client.openRtp(media)).isPresent();
        assertThat(client.openRtcp(control)).hasValue(Rtcp.pli(1, 2));
        for (int at = 0; at < media.length; at++) {
            assertThat(client.openRtp(changed(media, at))).as("byte %d", at).isEmpty();
        }
        for (int at = 0; at < control.length; at++) {
            assertThat(client.openRtcp(changed(control, at))).as("byte %d", at).isEmpty();
        }
        assertThat(client.openRtp(new byte[12])).isEmpty();
        assertThat(client.openRtcp(new byte[5])).isEmpty();
    }

    /** The test vector of RFC 3711, appendix B.3. */
    @Test
    void derived_masterKeyOfTheStandard_isTheKeysOfTheStandard() {
        byte[] key = HexFormat.of().parseHex("e1f97a0d3e018be0d64fa32c06de4139");
        byte[] salt = HexFormat.of().parseHex("0ec675ad498afeebb6960b3aabe6");
        assertThat(hex(SrtpKeys.derived(key, salt, 0, 16))).isEqualTo("c61e7a93744f39ee10734afe3ff7a087");
        assertThat(hex(SrtpKeys.derived(key, salt, 2, 14))).isEqualTo("30cbbc08863d8c85d49db34a9ae1");
        assertThat(hex(SrtpKeys.derived(key, salt, 1, 20))).isEqualTo("cebe321f6ff7716b6fd4ab49af256a156d38baa4");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] material(SrtpProfile profile) {
        byte[] material = new byte[SecureRtp.materialLength(profile)];
        new SecureRandom().nextBytes(material);
        return material;
    }

    /** With a header extension, which stays readable. */
    private static byte[] packet(int sequence) {
        return ByteBuffer.allocate(60)
                .put((byte) 0x90)
                .put((byte) 101)
                .putShort((short) sequence)
                .putInt(90_000)
                .putInt(0xFEDC_BA98)
                .putShort((short) 0xBEDE)
                .putShort((short) 1)
                .putInt(0x1234_5678)
                .put(new byte[30])
                .array();
    }

    private static byte[] changed(byte[] packet, int at) {
        byte[] copy = Arrays.copyOf(packet, packet.length);
        copy[at] ^= 0x40;
        return copy;
    }
}
