package dev.sightline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressRuleTest {
    private static final String CAMERA = "198.51.100.20";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.3.4",
                "0.0.0.0",
                "0.1.2.3",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "169.254.169.254",
                "169.254.1.1",
                "fe80::1",
                "::ffff:169.254.1.1",
                "64:ff9b::a9fe:a9fe",
                "224.0.0.1",
                "239.1.2.3",
                "ff02::1",
                "255.255.255.255",
                "240.0.0.1"
            })
    void allows_cameraElsewhereThatLeadsToThisComputerOrALink_no(String target) throws Exception {
        assertThat(rule(CAMERA).allows(InetAddress.getByName(target))).isFalse();
        assertThat(rule(CAMERA).allowsNumber(target)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.9", "192.168.1.9", "10.0.0.1", "fd00::9", "2001:db8::1", "64:ff9b::c000:201"})
    void allows_anywhereElse_yes(String target) throws Exception {
        assertThat(rule(CAMERA).allows(InetAddress.getByName(target))).isTrue();
        assertThat(rule("127.0.0.1").allows(InetAddress.getByName(target))).isTrue();
        assertThat(rule("127.0.0.1").allowsNumber(target)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, ::1, true",
        "::1, 127.0.0.9, true",
        "127.0.0.1, 169.254.1.1, false",
        "169.254.1.1, 169.254.1.2, true",
        "fe80::1, 169.254.1.2, true",
        "169.254.1.1, 127.0.0.1, false",
        "224.0.0.1, 224.0.0.1, false",
        "0.0.0.0, 127.0.0.1, true"
    })
    void allows_whereTheSourceIsItself(String home, String target, boolean expected) throws Exception {
        assertThat(rule(home).allows(InetAddress.getByName(target))).isEqualTo(expected);
    }

    @Test
    void allowsNumber_names_areNotLookedUp() throws Exception {
        assertThat(rule("127.0.0.1").allowsNumber("localhost")).isFalse();
        assertThat(rule(CAMERA).allowsNumber("camera.example")).isFalse();
    }

    @Test
    void allowed_nameThatLeadsToLoopback_saysWhatIsWrong() throws Exception {
        assertThat(EgressRule.allowed("localhost", Optional.empty())).isNotEmpty();
        assertThatThrownBy(() -> EgressRule.allowed("localhost", Optional.of(rule(CAMERA))))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("it leads to .*, this computer's own loopback: only a source that is there itself"
                        + " may do that");
    }

    private static EgressRule rule(String home) throws Exception {
        return EgressRule.ofServerAt(InetAddress.getByName(home));
    }
}
