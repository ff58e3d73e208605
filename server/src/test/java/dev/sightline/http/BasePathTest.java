package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasePathTest {
    private static final BasePath CAMS = BasePath.of("/my/cams/").orElseThrow();

    @ParameterizedTest
    @CsvSource({
        "/my/cams/, /",
        "/my/cams/live/cam, /live/cam",
        "/my/cams/live/cam/, /live/cam/",
        "/my%2Fcams/x, /my/cams/x",
        "/live/cam, /live/cam",
        "/my/camsite/x, /my/camsite/x",
        "/MY/cams/x, /MY/cams/x",
        "/, /",
    })
    void without_takesAwayWholeSegmentsOnly(String asked, String inside) {
        assertThat(CAMS.without(Target.of(asked)).path()).isEqualTo(inside);
        assertThat(BasePath.NONE.without(Target.of(asked)).path())
                .isEqualTo(Target.of(asked).path());
    }

    @Test
    void isUnfinished_onlyWhereASlashIsMissing() {
        assertThat(CAMS.isUnfinished(Target.of("/my/cams"))).isTrue();
        assertThat(CAMS.finish()).isEqualTo("cams/");
        assertThat(CAMS.isUnfinished(Target.of("/my/cams/"))).isFalse();
        assertThat(CAMS.isUnfinished(Target.of("/my"))).isFalse();
        assertThat(BasePath.NONE.isUnfinished(Target.of("/"))).isFalse();
    }

    @Test
    void before_changesAddressesOfThisServerOnly() {
        assertThat(CAMS.before("/live/cam/whep/7")).isEqualTo("/my/cams/live/cam/whep/7");
        assertThat(CAMS.before("//other.example/x")).isEqualTo("//other.example/x");
        assertThat(CAMS.before("https://other.example/")).isEqualTo("https://other.example/");
        assertThat(CAMS.before("../cam")).isEqualTo("../cam");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cams", "//cams", "/ca ms", "/../x", "/cams/?x", "/<b>", "https://example.org/cams"})
    void of_whatIsNoPath_isRefused(String written) {
        assertThat(BasePath.of(written)).isEmpty();
    }
}
