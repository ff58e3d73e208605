package dev.sightline.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.frame.Codec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever this machine and its FFmpeg have or have not: each is tried for real. */
class EncoderSearchTest {

    @Test
    void of_h264_hasHardwareFirstThenX264ThenOpenH264() {
        List<EncoderChoice> choices = EncoderChoice.of(Codec.H264);

        assertThat(choices).endsWith(EncoderChoice.X264, EncoderChoice.OPENH264);
        assertThat(choices.subList(0, choices.size() - 2)).isNotEmpty().allMatch(EncoderChoice::hardware);
    }

    @Test
    void open_h264_isTheBestThatWorksAndTellsThoseBeforeItThatDoNot() {
        EncoderSettings settings = new EncoderSettings(322, 242, 500_000, 30, false, false);
        try (NativeEncoder encoder = EncoderSearch.open(Codec.H264, settings)) {
            List<String> better = EncoderChoice.of(Codec.H264).stream()
                    .filter(each -> each.compareTo(encoder.choice()) < 0)
                    .map(EncoderChoice::encoderName)
                    .filter(NativeEncoder::isOffered)
                    .distinct()
                    .toList();

            assertThat(EncoderSearch.failed(Codec.H264, settings)).isEqualTo(better);
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersAtOnce_everyChoice_worksOrIsRefusedWithoutHarm(EncoderChoice choice) {
        EncoderSettings settings = new EncoderSettings(320, 240, 500_000, 30, false, false);
        boolean fit = EncoderSearch.answersAtOnce(choice, settings);

        assertThat(fit).isEqualTo(EncoderSearch.answersAtOnce(choice, settings));
        if (!NativeEncoder.isOffered(choice.encoderName())) {
            assertThat(fit).isFalse();
        } else if (!choice.hardware()) {
            assertThat(fit).isTrue();
        }
    }

    @Test
    void open_afterItWasGivenUp_passesItOverForThatSizeAlone() {
        EncoderSettings settings = new EncoderSettings(66, 50, 100_000, 30, false, false);
        EncoderSearch.open(Codec.VP8, settings).close();

        EncoderSearch.giveUp(EncoderChoice.LIBVPX, settings);

        assertThatThrownBy(() -> EncoderSearch.open(Codec.VP8, settings))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("66x50");
        EncoderSearch.open(Codec.VP8, new EncoderSettings(68, 50, 100_000, 30, false, false))
                .close();
    }
}
