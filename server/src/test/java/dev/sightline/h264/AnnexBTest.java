package dev.sightline.h264;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AnnexBTest {

    @Test
    void unit_setsBeforeAPicture_areFound() {
        byte[] stream = HexFormat.of().parseHex("0000000109f0000001674200000300010000000168ce000000016588");
        NalUnit set = AnnexB.unit(stream, NalUnit.SPS).orElseThrow();
        assertThat(Arrays.copyOfRange(stream, set.offset(), set.offset() + set.length()))
                .isEqualTo(HexFormat.of().parseHex("67420000030001"));
        assertThat(AnnexB.isKeyframe(stream)).isTrue();
        assertThat(AnnexB.isKeyframe(HexFormat.of().parseHex("0000000109f00000000141")))
                .isFalse();
        assertThat(AnnexB.unit(stream, 6)).isEmpty();
    }

    /** A delimiter, then a slice with nal_ref_idc 2 or 0. */
    @Test
    void isReference_isToldByTheFirstSlice() {
        assertThat(AnnexB.isReference(HexFormat.of().parseHex("0000000109f00000000141")))
                .isTrue();
        assertThat(AnnexB.isReference(HexFormat.of().parseHex("0000000109f00000000101")))
                .isFalse();
    }

    @Test
    void units_codesOfThreeAndFourBytesAndTrailingZeros_areNotPartOfThem() {
        byte[] stream = HexFormat.of().parseHex("ff0000014101000000000001410200000001000001");
        assertThat(AnnexB.units(stream))
                .extracting(
                        unit -> HexFormat.of().formatHex(unit.bytes(), unit.offset(), unit.offset() + unit.length()))
                .containsExactly("4101", "4102");
    }
}
