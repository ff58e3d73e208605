package dev.sightline.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrBlockTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false"
    })
    void has_addressInsideAndOutside(String written, String address, boolean inside) throws UnknownHostException {
        assertThat(CidrBlock.of(written).orElseThrow().has(InetAddress.getByName(address)))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cam.local",
                "10.0.0",
                "10.0.0.256",
                "10.0.0.0/33",
                "fd00::/129",
                "10.0.0.0/-1",
                ":",
                "dead",
                "1.2.3.4/"
            })
    void of_whatIsNoBlock_isEmpty(String written) {
        assertThat(CidrBlock.of(written)).isEmpty();
    }

    @Test
    void of_spacesAround_areNoMatter() {
        assertThat(CidrBlock.of(" 10.0.0.0/8 ")).isPresent();
    }
}
