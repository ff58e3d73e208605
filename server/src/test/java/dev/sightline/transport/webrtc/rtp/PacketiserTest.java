package dev.sightline.transport.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Payloads of RFC 7741 and RFC 6184. */
class PacketiserTest {
    private static final int GREATEST = Packetiser.GREATEST_PAYLOAD;

    @Test
    void vp8_smallFrame_isOnePayloadBehindAByte() {
        List<byte[]> payloads = new Vp8Packetiser().payloads(Hex.bytes("9d012a"));

        assertThat(payloads).extracting(Hex::text).containsExactly("109d012a");
    }

    @Test
    void vp8_anySize_isCutEvenlyAndWhole() {
        for (int size : new int[] {1, GREATEST - 1, GREATEST, 2 * GREATEST, 8_333, 60_000}) {
            byte[] picture = random(size);

            List<byte[]> payloads = new Vp8Packetiser().payloads(picture);

            assertEven(payloads);
            Vp8Depacketiser back = new Vp8Depacketiser();
            assertThat(payloads).allMatch(back::add);
            assertThat(back.finish()).isEqualTo(picture);
        }
    }

    @Test
    void h264_parameterSetsAndASmallSlice_goTogether() {
        List<byte[]> payloads = new H264Packetiser()
                .payloads(Hex.bytes("00000001 0910" + "00000001 67420a" + "000001 68ce" + "00000001 65880102"));

        assertThat(payloads)
                .extracting(Hex::text)
                .containsExactly("78" + "0003 67420a".replace(" ", "") + "000268ce" + "000465880102");
    }

    @Test
    void h264_oneSmallUnit_isAPayloadByItself() {
        assertThat(new H264Packetiser().payloads(Hex.bytes("00000001 419a01")))
                .extracting(Hex::text)
                .containsExactly("419a01");
    }

    @Test
    void h264_largeUnit_isCutEvenlyIntoFragments() {
        byte[] unit = random(3_000);
        unit[0] = 0x65;
        List<byte[]> payloads = new H264Packetiser().payloads(join(new byte[] {0, 0, 0, 1}, unit));

        assertEven(payloads);
        assertThat(payloads).hasSize(3);
        assertThat(payloads)
                .extracting(each -> Hex.text(Arrays.copyOf(each, 2)))
                .containsExactly("7c85", "7c05", "7c45");
        assertThat(Arrays.copyOfRange(payloads.get(0), 2, 12)).isEqualTo(Arrays.copyOfRange(unit, 1, 11));
    }

    @Test
    void h264_laterKeyframeWithoutParameterSets_getsTheLastOnes() {
        H264Packetiser packetiser = new H264Packetiser();
        packetiser.payloads(Hex.bytes("00000001 6742 00000001 68ce 00000001 6588"));

        assertThat(packetiser.payloads(Hex.bytes("00000001 6599")))
                .extracting(Hex::text)
                .containsExactly("78" + "00026742" + "000268ce" + "00026599");
        assertThat(packetiser.payloads(Hex.bytes("00000001 419a")))
                .extracting(Hex::text)
                .containsExactly("419a");
    }

    private static void assertEven(List<byte[]> payloads) {
        int size = payloads.get(0).length;
        assertThat(size).isLessThanOrEqualTo(GREATEST);
        assertThat(payloads.subList(0, payloads.size() - 1)).allMatch(each -> each.length == size);
        int last = payloads.get(payloads.size() - 1).length;
        assertThat(last).isLessThanOrEqualTo(size).isGreaterThanOrEqualTo(size - payloads.size());
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        for (int i = 0; i < size; i++) {
            bytes[i] |= 1;
        }
        return bytes;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
