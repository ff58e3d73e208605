package dev.sightline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> KNOWN = List.of("faces", "grayscale", "clock");

    @Test
    void to_aSlip_findsTheWord() {
        assertThat(Nearest.to("face", KNOWN)).contains("faces");
        assertThat(Nearest.to("Greyscale", KNOWN)).contains("grayscale");
    }

    @Test
    void to_somethingElse_findsNothing() {
        assertThat(Nearest.to("zzzzzz", KNOWN)).isEmpty();
    }
}
