package dev.sightline.h264;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SequenceParametersTest {

    @Test
    void of_constrainedBaseline_neverReorders() {
        BitWriter bits = new BitWriter().bits(66, 8).bits(0xE0, 8).bits(31, 8).ue(0);
        bits.ue(0).ue(0).ue(0).ue(1).bit(0).ue(39).ue(29).bit(1).bit(1).bit(0).bit(0);
        assertSuits(bits.parameters().orElseThrow(), 66, 640, 480);
    }

    @Test
    void of_mainInOrderOfSending_suitsViewers() {
        BitWriter bits = new BitWriter().bits(77, 8).bits(0, 8).bits(40, 8).ue(0);
        bits.ue(0)
                .ue(2)
                .ue(1)
                .bit(0)
                .ue(119)
                .ue(67)
                .bit(1)
                .bit(1)
                .bit(1)
                .ue(0)
                .ue(0)
                .ue(0)
                .ue(4)
                .bit(0);
        assertSuits(bits.parameters().orElseThrow(), 77, 1920, 1080);
    }

    @Test
    void of_highThatDoesNotSay_mayReorder() {
        assertThat(high().bit(0).parameters().orElseThrow().suitsViewers()).isFalse();
    }

    @Test
    void of_highThatSaysNone_suitsViewers() {
        assertSuits(high().bit(1).usability(0).parameters().orElseThrow(), 100, 1280, 720);
    }

    @Test
    void of_highThatSaysTwo_reorders() {
        assertThat(high().bit(1).usability(2).parameters().orElseThrow().mayReorder())
                .isTrue();
    }

    @Test
    void of_interlaced_doesNotSuitViewers() {
        BitWriter bits = new BitWriter().bits(66, 8).bits(0, 8).bits(31, 8).ue(0);
        bits.ue(0)
                .ue(0)
                .ue(0)
                .ue(1)
                .bit(0)
                .ue(39)
                .ue(14)
                .bit(0)
                .bit(0)
                .bit(1)
                .bit(0)
                .bit(0);
        SequenceParameters parameters = bits.parameters().orElseThrow();
        assertThat(parameters.height()).isEqualTo(480);
        assertThat(parameters.suitsViewers()).isFalse();
    }

    @Test
    void of_profileWithTenBits_doesNotSuitViewers() {
        byte[] set = high().bit(1).usability(0).unit();
        set[1] = 110;
        assertThat(read(set).orElseThrow().suitsViewers()).isFalse();
    }

    @Test
    void of_pixelsThatAreNotSquare_doesNotSuitViewers() {
        byte[] set = high().bit(1).usability(0, 0xC000B).unit();
        assertThat(read(set).orElseThrow().reorderedPictures()).hasValue(0);
        assertThat(read(set).orElseThrow().suitsViewers()).isFalse();
    }

    @Test
    void of_cutShort_neverSuitsViewers() {
        byte[] whole = high().bit(1).usability(0).unit();
        for (int length = 0; length < whole.length - 2; length++) {
            Optional<SequenceParameters> read = read(Arrays.copyOf(whole, Math.max(1, length)));
            assertThat(read.map(SequenceParameters::suitsViewers)).isNotEqualTo(Optional.of(true));
        }
    }

    private static void assertSuits(SequenceParameters parameters, int profile, int width, int height) {
        assertThat(parameters.kind().profile()).isEqualTo(profile);
        assertThat(parameters.width()).isEqualTo(width);
        assertThat(parameters.height()).isEqualTo(height);
        assertThat(parameters.suitsViewers()).isTrue();
    }

    private static Optional<SequenceParameters> read(byte[] unit) {
        return SequenceParameters.of(ByteBuffer.wrap(unit, 1, unit.length - 1));
    }

    /** 1280x720, up to the flag that says whether usability information follows. */
    private static BitWriter high() {
        BitWriter bits = new BitWriter().bits(100, 8).bits(0, 8).bits(31, 8).ue(0);
        bits.ue(1).ue(0).ue(0).bit(0).bit(0);
        return bits.ue(0).ue(0).ue(0).ue(1).bit(0).ue(79).ue(44).bit(1).bit(1).bit(0);
    }

    /** Writes what {@link Bits} reads. */
    private static final class BitWriter {
        private final StringBuilder written = new StringBuilder();

        BitWriter bit(int bit) {
            written.append(bit);
            return this;
        }

        BitWriter bits(long value, int count) {
            for (int i = count - 1; i >= 0; i--) {
                bit((int) (value >> i & 1));
            }
            return this;
        }

        BitWriter ue(int value) {
            int length = 32 - Integer.numberOfLeadingZeros(value + 1);
            return bits(0, length - 1).bits(value + 1, length);
        }

        /** With aspect ratio, timing and limits. */
        BitWriter usability(int reordered) {
            return usability(reordered, 0x10001);
        }

        BitWriter usability(int reordered, int shape) {
            bit(1).bits(255, 8).bits(shape, 32).bit(0).bit(0).bit(0);
            bit(1).bits(1, 32).bits(60, 32).bit(1).bit(0).bit(0).bit(0);
            return bit(1).bit(1).ue(0).ue(0).ue(16).ue(16).ue(reordered).ue(4);
        }

        Optional<SequenceParameters> parameters() {
            return read(unit());
        }

        /** The whole NAL unit. */
        byte[] unit() {
            String padded = written + "1" + "0".repeat(7 - written.length() % 8);
            StringBuilder hex = new StringBuilder("67");
            int zeros = 0;
            for (int at = 0; at < padded.length(); at += 8) {
                int value = Integer.parseInt(padded.substring(at, at + 8), 2);
                if (zeros >= 2 && value <= 3) {
                    hex.append("03");
                    zeros = 0;
                }
                hex.append(String.format("%02x", value));
                zeros = value == 0 ? zeros + 1 : 0;
            }
            return HexFormat.of().parseHex(hex);
        }
    }
}
