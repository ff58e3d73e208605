package dev.sightline.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
    private final Hosts hosts = new Hosts(List.of("Cam.example.org", "workshop"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "LOCALHOST:8080",
                "localhost.:8080",
                "app.localhost:8080",
                "127.0.0.1:8080",
                "192.168.1.5",
                "[::1]:8080",
                "[fe80::1%25eth0]:8080",
                "cam.example.org",
                "CAM.EXAMPLE.ORG.:443",
                "workshop:8080"
            })
    void allows_ownNameOrAddress_byAnyWay(String host) {
        assertThat(hosts.allows(host, true)).isTrue();
        assertThat(hosts.allows(host, false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sightline", "cam-pc:8080", "cam-pc.local:8080", "cam.home.arpa", "vision.internal:8080"})
    void allows_namesThatThePublicDnsNeverHas_fromOtherComputersOnly(String host) {
        assertThat(hosts.allows(host, false)).isTrue();
        assertThat(hosts.allows(host, true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:8080",
                "localhost.evil.example:8080",
                "127.0.0.1.evil.example:8080",
                "cam.example.org.evil.example",
                "evilcam.example.org",
                "local:8080.evil.example",
                "evil.example:8080:8080",
                "[::1].evil.example",
                "cam-pc.fritz.box:8080",
                "@"
            })
    void allows_nameOfOthers_not(String host) {
        assertThat(hosts.allows(host, true)).isFalse();
        assertThat(hosts.allows(host, false)).isFalse();
    }

    @Test
    void allows_star_everything() {
        assertThat(new Hosts(List.of("*")).allows("evil.example", true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cam.example.org", "*", "workshop", "192.168.1.5", "[fe80::1]", "my_host.lan"})
    void check_name(String name) {
        assertThatCode(() -> Hosts.check(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://cam.example.org", "cam.example.org:8080", "cam.example.org/", "", "*.example.org", "a b"
            })
    void check_noName_saysHowToWriteOne(String name) {
        assertThatThrownBy(() -> Hosts.check(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining("cam.example.org");
    }
}
