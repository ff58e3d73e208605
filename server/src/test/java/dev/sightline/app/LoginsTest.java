package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.HttpSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginsTest {

    @Test
    void isReachable_loopback_onlyByAProxyThatIsNamed() {
        HttpSettings loopback = HttpSettings.DEFAULTS.withHost("127.0.0.1");

        assertThat(Logins.isReachable(loopback)).isFalse();
        assertThat(Logins.isReachable(loopback.withTrustedProxies(List.of("127.0.0.1"))))
                .as("its clients are anywhere")
                .isTrue();
        assertThat(Logins.isReachable(loopback.withHost("0.0.0.0"))).isTrue();
    }
}
