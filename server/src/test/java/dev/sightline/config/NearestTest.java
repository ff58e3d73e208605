package dev.sightline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
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

    @Test
    void to_wordOfFifteenMillionLetters_isComparedWithNothing() {
        // Comparing would take a quarter of an hour.
        List<String> known = Collections.nCopies(500, "a".repeat(64));
        assertThat(Nearest.to("a".repeat(15_000_000), known)).isEmpty();
    }

    @Test
    void to_manyKnown_soManyAreCompared() {
        List<String> known = new ArrayList<>(Collections.nCopies(500, "cat"));
        known.add("cam");
        assertThat(Nearest.to("cam", known)).contains("cat");
    }
}
