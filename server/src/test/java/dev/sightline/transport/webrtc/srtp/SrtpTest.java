package dev.sightline.transport.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.transport.webrtc.parameters.BigEndian;
import dev.sightline.transport.webrtc.parameters.SrtpKeyingMaterial;
import dev.sightline.transport.webrtc.parameters.SrtpProfile;
import dev.sightline.transport.webrtc.srtp.SrtpKeys.Use;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpTest {
    private static final byte[] RFC_7714_KEY = hex("000102030405060708090a0b0c0d0e0f");
    private static final byte[] RFC_7714_SALT = hex("517569642070726f2071756f");

    @Test
    void derive_rfc3711Master_givesItsKeys() throws GeneralSecurityException {
        SrtpKeys keys = new SrtpKeys(
                SrtpProfile.AES_128_CM_HMAC_SHA1_80,
                hex("e1f97a0d3e018be0d64fa32c06de4139"),
                hex("0ec675ad498afeebb6960b3aabe6"));

        assertThat(keys.derive(Use.RTP_CIPHER, 16)).isEqualTo(hex("c61e7a93744f39ee10734afe3ff7a087"));
        assertThat(keys.derive(Use.RTP_SALT, 14)).isEqualTo(hex("30cbbc08863d8c85d49db34a9ae1"));
        assertThat(keys.derive(Use.RTP_AUTHENTICATION, 20)).isEqualTo(hex("cebe321f6ff7716b6fd4ab49af256a156d38baa4"));
    }

    @Test
    void sealRtp_rfc7714Packet_isAsThere() throws GeneralSecurityException {
        byte[] packet = hex("8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e697320646976697361"
                + "20696e207061727465732074726573");
        byte[] expected = hex("8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a"
                + "51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce");
        byte[] sealed = new byte[200];

        int length = rfc7714().sealRtp(packet, 0, 12, packet.length, 0x5501a0b2, 0xf17b, sealed);

        assertThat(Arrays.copyOf(sealed, length)).isEqualTo(expected);
        assertThat(rfc7714().openRtp(sealed, 12, length, 0x5501a0b2, 0xf17b)).isEqualTo(packet.length);
        assertThat(Arrays.copyOf(sealed, packet.length)).isEqualTo(packet);
    }

    @Test
    void sealRtcp_rfc7714Packet_isAsThere() throws GeneralSecurityException {
        byte[] packet = hex("81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
                + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");
        byte[] expected = hex("81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1"
                + "730d6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4");
        byte[] sealed = new byte[200];

        int length = rfc7714().sealRtcp(packet, 0, packet.length, 0x4d617273, 0x5d4, sealed);

        assertThat(Arrays.copyOf(sealed, length)).isEqualTo(expected);
        assertThat(rfc7714().rtcpIndex(sealed, length)).isEqualTo(0x5d4);
        assertThat(rfc7714().openRtcp(sealed, length, 0x4d617273)).isEqualTo(packet.length);
        assertThat(Arrays.copyOf(sealed, packet.length)).isEqualTo(packet);
    }

    @ParameterizedTest
    @EnumSource
    void rtp_overManyRoundsOfNumbers_comesOutAsItWas(SrtpProfile profile) throws GeneralSecurityException {
        SrtpSender sender = new SrtpSender(keys(profile, true));
        SrtpReceiver receiver = new SrtpReceiver(keys(profile, false));
        byte[] sealed = new byte[2048];
        for (int i = 0; i < 200_000; i += 61) {
            byte[] packet = rtp(i, 100 + i % 1000);

            int length = sender.rtp(packet, 0, packet.length, sealed);

            assertThat(length).isEqualTo(packet.length + (profile == SrtpProfile.AEAD_AES_128_GCM ? 16 : 10));
            assertThat(receiver.rtp(sealed, length)).isEqualTo(packet.length);
            assertThat(Arrays.copyOf(sealed, packet.length)).isEqualTo(packet);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rtp_againOrChanged_isRefused(SrtpProfile profile) throws GeneralSecurityException {
        SrtpSender sender = new SrtpSender(keys(profile, true));
        SrtpReceiver receiver = new SrtpReceiver(keys(profile, false));
        byte[] sealed = new byte[2048];
        int length = sender.rtp(rtp(7, 100), 0, 100, sealed);
        byte[] changed = sealed.clone();
        changed[50] ^= 1;
        byte[] again = sealed.clone();

        assertThat(receiver.rtp(changed, length)).isEqualTo(SrtpReceiver.FORGED);
        assertThat(receiver.rtp(sealed, length)).isEqualTo(100);
        assertThat(receiver.rtp(again, length)).isEqualTo(SrtpReceiver.REPLAYED);
    }

    @ParameterizedTest
    @EnumSource
    void rtp_samePacketTwice_isSealedTheSame(SrtpProfile profile) throws GeneralSecurityException {
        SrtpSender sender = new SrtpSender(keys(profile, true));
        byte[] first = new byte[2048];
        byte[] second = new byte[2048];

        sender.rtp(rtp(7, 100), 0, 100, first);
        sender.rtp(rtp(7, 100), 0, 100, second);

        assertThat(second).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource
    void rtcp_eachOnce_comesOutAsItWas(SrtpProfile profile) throws GeneralSecurityException {
        SrtpSender sender = new SrtpSender(keys(profile, true));
        SrtpReceiver receiver = new SrtpReceiver(keys(profile, false));
        byte[] packet = hex("81c9000712345678aabbccdd000000000000000000000000000000000000000000");
        byte[] sealed = new byte[2048];
        for (int i = 0; i < 3; i++) {
            int length = sender.rtcp(packet, 0, packet.length, sealed);
            byte[] again = sealed.clone();
            byte[] changed = sealed.clone();
            changed[20] ^= 5;

            assertThat(receiver.rtcp(changed, length)).isEqualTo(SrtpReceiver.FORGED);
            assertThat(receiver.rtcp(sealed, length)).isEqualTo(packet.length);
            assertThat(Arrays.copyOf(sealed, packet.length)).isEqualTo(packet);
            assertThat(receiver.rtcp(again, length)).isEqualTo(SrtpReceiver.REPLAYED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void receiver_shortOrOddPackets_refusesThem(SrtpProfile profile) throws GeneralSecurityException {
        SrtpReceiver receiver = new SrtpReceiver(keys(profile, false));
        for (int length = 0; length < 60; length++) {
            byte[] packet = new byte[60];
            Arrays.fill(packet, (byte) 0xff);
            packet[0] = (byte) 0x9f;

            assertThat(receiver.rtp(packet, length)).isEqualTo(SrtpReceiver.FORGED);
            assertThat(receiver.rtcp(packet, length)).isEqualTo(SrtpReceiver.FORGED);
            packet[0] = (byte) 0x80;
            assertThat(receiver.rtp(packet, length)).isEqualTo(SrtpReceiver.FORGED);
        }
    }

    @Test
    void sender_whatIsNoRtp_isRefused() throws GeneralSecurityException {
        SrtpSender sender = new SrtpSender(keys(SrtpProfile.AEAD_AES_128_GCM, true));

        assertThatThrownBy(() -> sender.rtp(new byte[11], 0, 11, new byte[2048]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static PacketCipher rfc7714() throws GeneralSecurityException {
        GcmPackets.Half rtp = new GcmPackets.Half(RFC_7714_KEY, RFC_7714_SALT);
        return new GcmPackets(rtp, new GcmPackets.Half(RFC_7714_KEY, RFC_7714_SALT));
    }

    private static SrtpKeyingMaterial keys(SrtpProfile profile, boolean client) {
        byte[] material = new byte[profile.materialBytes()];
        Arrays.fill(material, (byte) 42);
        return new SrtpKeyingMaterial(profile, material, client);
    }

    private static byte[] rtp(int number, int length) {
        byte[] packet = new byte[length];
        Arrays.fill(packet, (byte) number);
        packet[0] = (byte) 0x80;
        packet[1] = 96;
        BigEndian.put16(packet, 2, number);
        BigEndian.put32(packet, 8, 0x1234_5678);
        return packet;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
