package dev.sightline.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {
    private final Origins origins = new Origins(List.of("https://Example.org", "http://other.example:9000"));

    @ParameterizedTest
    @CsvSource({
        "http://camera.local:8080, camera.local:8080",
        "http://CAMERA.local:8080, camera.LOCAL:8080",
        "http://camera.local, camera.local",
        "http://camera.local:80, camera.local",
        "https://camera.local, camera.local:443",
        "http://[fe80::1]:8080, [fe80::1]:8080",
        "http://localhost:8080, 127.0.0.1:8080",
        "http://[::1]:8080, localhost:8080",
        "https://example.org, camera.local:8080",
        "https://example.org:443, camera.local:8080",
        "http://other.example:9000, camera.local:8080",
    })
    void allows_ownPageOrLocalOnThePortOrConfigured_true(String origin, String host) {
        assertThat(origins.allows(origin, host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example:8080, camera.local:8080",
        "http://camera.local:8081, camera.local:8080",
        "http://localhost:3000, localhost:8080",
        "http://localhost:8080, camera.local:8080",
        "http://127.0.0.1:8080, 192.168.1.5:8080",
        "http://[::1]:8080, camera.local:8080",
        "http://localhost.evil.example:8080, localhost:8080",
        "http://example.org, camera.local:8080",
        "https://example.org:8443, camera.local:8080",
        "https://example.org.evil.example, camera.local:8080",
        "http://camera.local:8080@evil.example, camera.local:8080",
        "http://camera.local:8080/path, camera.local:8080",
        "null, camera.local:8080",
        "garbage, camera.local:8080",
        "http://camera.local:8080, ''",
        "'', camera.local:8080",
    })
    void allows_otherPage_false(String origin, String host) {
        assertThat(origins.allows(origin, host)).isFalse();
    }

    @Test
    void allows_star_everything() {
        assertThat(new Origins(List.of("*")).allows("http://evil.example", "camera.local:8080"))
                .isTrue();
        assertThat(new Origins(List.of("null")).allows("null", "camera.local:8080"))
                .isTrue();
    }

    @Test
    void hosts_ofAllowedOrigins() {
        assertThat(origins.hosts()).containsExactlyInAnyOrder("example.org", "other.example");
        assertThat(new Origins(List.of("*", "null")).hosts()).containsExactly("*");
    }

    @Test
    void new_addressAsTheBrowserShowsIt_isTheSameOrigin() {
        assertThat(new Origins(List.of(" https://Example.org/ ")).allows("https://example.org", "camera.local:8080"))
                .isTrue();
        assertThatThrownBy(() -> new Origins(List.of("https://example.org/page")))
                .hasMessageContaining("is not an origin");
        assertThatThrownBy(() -> new Origins(List.of("https://"))).hasMessageContaining("'https://'");
    }

    @Test
    void new_noOrigin_saysHowToWriteOne() {
        assertThatThrownBy(() -> new Origins(List.of("example.org")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'example.org'")
                .hasMessageContaining("https://example.org:8443");
    }
}
