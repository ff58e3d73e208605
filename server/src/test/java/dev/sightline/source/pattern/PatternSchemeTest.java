package dev.sightline.source.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.source.Source;
import dev.sightline.source.SourceOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternSchemeTest {

    @ParameterizedTest
    @CsvSource({
        "pattern:, pattern:640x480@30",
        "pattern:1280x720, pattern:1280x720@30",
        "pattern:1280x720@25, pattern:1280x720@25",
        "pattern:@5, pattern:640x480@5",
        "PATTERN:16x8192@240, pattern:16x8192@240",
    })
    void source_address_isCompleted(String address, String complete) {
        assertThat(source(address).address()).isEqualTo(complete);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pattern:640",
                "pattern:640x",
                "pattern:axb",
                "pattern:640x480@",
                "pattern:640x480@x",
                "pattern:-1x5"
            })
    void source_notAPattern_saysHowOneLooks(String address) {
        assertThatThrownBy(() -> source(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(address)
                .hasMessageContaining("pattern:1280x720@30");
    }

    @Test
    void source_outOfRange_saysTheRange() {
        assertThatThrownBy(() -> source("pattern:15x480"))
                .hasMessageContaining("width")
                .hasMessageContaining("16 and 8192");
        assertThatThrownBy(() -> source("pattern:640x8193")).hasMessageContaining("height");
        assertThatThrownBy(() -> source("pattern:640x480@241")).hasMessageContaining("1 and 240");
        assertThatThrownBy(() -> source("pattern:640x480@0")).hasMessageContaining("1 and 240");
        assertThatThrownBy(() -> source("pattern:8192x8192")).hasMessageContaining("33 megapixels");
    }

    private static Source source(String address) {
        return new PatternScheme().source(address, SourceOptions.DEFAULTS);
    }
}
