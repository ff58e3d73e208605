package dev.sightline.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
    @Test
    void short_staysAsItIs() {
        assertThat(Excerpt.of("a".repeat(100))).isEqualTo("a".repeat(100));
    }

    @Test
    void long_isCut() {
        assertThat(Excerpt.of("a".repeat(15_000_000))).isEqualTo("a".repeat(100) + "…");
    }

    @Test
    void long_isNotCutWithinACharacter() {
        assertThat(Excerpt.of("a".repeat(99) + "😀".repeat(9))).isEqualTo("a".repeat(99) + "…");
    }
}
