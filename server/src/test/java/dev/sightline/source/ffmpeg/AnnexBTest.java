package dev.sightline.source.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AnnexBTest {

    @Test
    void unit_setsBeforeAPicture_areFound() {
        byte[] stream = HexFormat.of().parseHex("0000000109f0000001674200000300010000000168ce000000016588");
        byte[] sets = AnnexB.unit(stream, AnnexB.SEQUENCE_PARAMETERS).orElseThrow();
        assertThat(sets).startsWith(HexFormat.of().parseHex("67420000030001"));
        assertThat(AnnexB.isKeyframe(stream)).isTrue();
        assertThat(AnnexB.isKeyframe(HexFormat.of().parseHex("0000000109f00000000141")))
                .isFalse();
        assertThat(AnnexB.unit(stream, 6)).isEmpty();
    }
}
