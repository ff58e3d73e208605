package dev.sightline.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sightline.access.Action;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantTest {
    @ParameterizedTest
    @CsvSource({
        "watch door-*,        WATCH,   door-1,   true",
        "watch door-*,        WATCH,   door-,    true",
        "watch door-*,        WATCH,   garden,   false",
        "watch door-*,        WATCH,   my-door-1, false",
        "watch door-*,        PUBLISH, door-1,   false",
        "watch door-*,        CONTROL, door-1,   false",
        "watch,               WATCH,   anything, true",
        "watch *a*b,          WATCH,   xaxaxb,   true",
        "watch *a*b,          WATCH,   xaxax,    false",
        "publish cam,         PUBLISH, cam,      true",
        "publish cam,         WATCH,   cam,      true",
        "publish cam,         CONTROL, cam,      false",
        "control cam,         WATCH,   cam,      true",
        "control cam,         PUBLISH, cam,      false",
        "control,             ADMIN,   cam,      false",
        "admin,               ADMIN,   cam,      true",
        "admin,               PUBLISH, cam,      true",
    })
    void allows_actionAndStream_asTheWordsSay(String words, Action action, String stream, boolean allowed) {
        assertThat(Grant.of(words).allows(action, stream)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "see cam", "watch a b", "admin cam", "watch ca/m", "WATCH cam"})
    void of_noRight_isRefusedWithWhatToWrite(String words) {
        assertThatIllegalArgumentException().isThrownBy(() -> Grant.of(words));
    }
}
