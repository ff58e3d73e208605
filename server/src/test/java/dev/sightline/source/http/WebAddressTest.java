package dev.sightline.source.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.source.NetworkAddress.Login;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {
    @ParameterizedTest
    @CsvSource({
        "http://cam,                       cam,         80, /",
        "HTTPS://cam/a,                    cam,        443, /a",
        "http://u:p@cam:81/a?b=c@d#e,      cam,         81, /a?b=c@d",
        "http://[fe80::1]:8080?x,          fe80::1,   8080, /?x",
        "http://cam/größe b,               cam,         80, /gr%C3%B6%C3%9Fe%20b",
        "http://cam/a%20b,                 cam,         80, /a%20b",
    })
    void of_address_hasItsParts(String address, String host, int port, String target) {
        WebAddress parts = WebAddress.of(address);
        assertThat(parts.host()).isEqualTo(host);
        assertThat(parts.port()).isEqualTo(port);
        assertThat(parts.target()).isEqualTo(target);
    }

    @Test
    void of_login_isDecodedAndNeverShown() {
        WebAddress address = WebAddress.of("http://%65ve:p%40ss:100%@cam/");
        assertThat(address.login()).contains(new Login("eve", "p@ss:100%"));
        assertThat(address.toString()).doesNotContain("eve", "p@ss");
    }

    @ParameterizedTest
    @CsvSource({
        "/x,                 http,  cam,    80,  /x,       true",
        "x,                  http,  cam,    80,  /a/x,     true",
        "?x,                 http,  cam,    80,  /a/b?x,   true",
        "//other/x,          http,  other,  80,  /x,       false",
        "https://CAM/x,      https, CAM,   443,  /x,       true",
        "http://cam:8080/x,  http,  cam,  8080,  /x,       true",
        "http://cam:/x,      http,  cam,    80,  /x,       true",
        "http://other/x,     http,  other,  80,  /x,       false",
    })
    void redirected_keepsTheLoginAtTheSameHostAlone(
            String location, String scheme, String host, int port, String target, boolean login) {
        WebAddress next =
                WebAddress.of("http://u:p@cam/a/b?c").redirected(location).orElseThrow();
        assertThat(next.secure()).isEqualTo(scheme.equals("https"));
        assertThat(next.host()).isEqualTo(host);
        assertThat(next.port()).isEqualTo(port);
        assertThat(next.target()).isEqualTo(target);
        assertThat(next.login().isPresent()).isEqualTo(login);
    }

    @Test
    void redirected_outOfTls_goesWithoutTheLogin() {
        WebAddress next =
                WebAddress.of("https://u:p@cam/").redirected("http://cam/").orElseThrow();
        assertThat(next.login()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "rtsp://cam/",
                "http:///x",
                "javascript:x",
                "data:image/png,x",
                "http://cam:99999/",
                "http://cam:-5/",
                "http://cam:0/",
                "http://cam:12345678901234567890/",
                "http://cam:x/",
                "http://:80/",
                "http://u:p@/",
                "http://u@:81/",
                "http://[]/",
                "//:80/x",
                "http://u%0d%0aX:p@cam/",
                "http://u:p%00@cam/",
            })
    void redirected_elsewhere_isNotFollowed(String location) {
        assertThat(WebAddress.of("http://cam/").redirected(location)).isEmpty();
    }
}
