package dev.sightline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkAddressTest {

    @ParameterizedTest
    @CsvSource({
        "rtsp://cam/live, rtsp://cam/live, cam, cam",
        "rtsp://eve:s3cret@cam:554/live?x=1, rtsp://***@cam:554/live?x=1, cam, cam:554",
        "http://eve:a@b:c@10.0.0.1:80, http://***@10.0.0.1:80, 10.0.0.1, 10.0.0.1:80",
        "http://[::1]:8080/a, http://[::1]:8080/a, ::1, [::1]:8080",
        "http://cam/snap.cgi?user=eve&pwd=s3cret&w=1, http://cam/snap.cgi?user=***&pwd=***&w=1, cam, cam",
        "rtsp://cam/user=eve_password=s3cret_channel=1.sdp, rtsp://cam/user=***, cam, cam",
        "http://cam/a?token=s3cret#x, http://cam/a?token=***#x, cam, cam",
    })
    void masked_secrets_areGone(String address, String masked, String host, String hostAndPort) {
        NetworkAddress parts = NetworkAddress.of(address, "");
        assertThat(parts.masked()).isEqualTo(masked);
        assertThat(parts.host()).isEqualTo(host);
        assertThat(parts.hostAndPort()).isEqualTo(hostAndPort);
        assertThat(parts.secret()).isEqualTo(address);
        assertThat(parts.toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://", "http:cam", "rtsp:///path", "http://cam:port/", "http://cam/a b"})
    void of_noAddress_showsARightOne(String address) {
        assertThatThrownBy(() -> NetworkAddress.of(address, "http://cam/video"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://cam/video");
    }

    @Test
    void of_wrongAddressWithPassword_tellsItNot() {
        assertThatThrownBy(() -> NetworkAddress.of("http://eve:s3cret@cam:x/?token=s3cret", "e"))
                .hasMessageNotContaining("s3cret");
    }
}
