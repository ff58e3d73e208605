package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHostTest {

    @ParameterizedTest
    @CsvSource({
        "192.168.1.5:8080,192.168.1.5",
        "192.168.1.5,192.168.1.5",
        "localhost:8080,127.0.0.1",
        "[::1]:8080,0:0:0:0:0:0:0:1",
        "[2001:db8::7],2001:db8:0:0:0:0:0:7"
    })
    void address_ofALiteral_isThat(String host, String address) {
        assertThat(HttpHost.address(host)).map(InetAddress::getHostAddress).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"camera.local:8080", "300.1.1.1", "", ":80", "[::1", "::1", "[fe80::1%eth0]:80", "1.2.3", "a b"})
    void address_ofAnythingElse_isNotLookedUp(String host) {
        assertThat(HttpHost.address(host)).isEmpty();
    }
}
