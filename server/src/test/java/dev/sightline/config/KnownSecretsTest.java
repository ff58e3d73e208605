package dev.sightline.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownSecretsTest {
    @Test
    void mask_knownValue_isReplacedAlsoAsItStandsInAnAddress() {
        KnownSecrets.add("qX7 /ü?zz", "${QX}");

        assertThat(KnownSecrets.mask("a qX7 /ü?zz b")).isEqualTo("a ${QX} b");
        assertThat(KnownSecrets.mask("http://h/qX7%20%2F%C3%BC%3Fzz/x")).isEqualTo("http://h/${QX}/x");
    }

    @Test
    void mask_valueWithinAnother_theLongerIsNamed() {
        KnownSecrets.add("kP3vvv", "${SHORT}");
        KnownSecrets.add("kP3vvv-more", "${LONG}");

        assertThat(KnownSecrets.mask("kP3vvv-more kP3vvv")).isEqualTo("${LONG} ${SHORT}");
    }

    @Test
    void add_tooShort_isLeft() {
        KnownSecrets.add("wq7", "${W}");

        assertThat(KnownSecrets.mask("wq7")).isEqualTo("wq7");
    }

    @Test
    void addPassword_wordLikeAnyOther_isLeftInTexts() {
        KnownSecrets.addPassword("without", "***");
        KnownSecrets.addPassword("w1th0ut", "***");
        KnownSecrets.addPassword("withoutanydigit", "***");

        assertThat(KnownSecrets.mask("without w1th0ut withoutanydigit")).isEqualTo("without *** ***");
    }

    @Test
    void add_moreThanThereIsRoomFor_theOldestIsForgotten() {
        KnownSecrets.add("oldest-7391", "${OLD}");
        for (int i = 0; i < KnownSecrets.MOST; i++) {
            KnownSecrets.add("newer-" + i + "-7391", "${NEW}");
        }

        assertThat(KnownSecrets.mask("oldest-7391")).isEqualTo("oldest-7391");
        assertThat(KnownSecrets.mask("newer-0-7391")).isEqualTo("${NEW}");
    }
}
