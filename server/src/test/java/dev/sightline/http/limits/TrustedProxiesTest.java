package dev.sightline.http.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.http.HttpSettings;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private final TrustedProxies proxies =
            new TrustedProxies(List.of("10.0.0.0/9", "192.0.2.7", "2001:db8:1::/48", "0.0.0.0/32"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Strangers say what they like.
                "203.0.113.1 | 198.51.100.1 | 203.0.113.1",
                "10.128.0.1 | 198.51.100.1 | 10.128.0.1",
                "192.0.2.8 | 198.51.100.1 | 192.0.2.8",
                "2001:db8:2::9 | 198.51.100.1 | 2001:db8:2:0:0:0:0:0/64",
                // Proxies are believed, and those before them are not.
                "127.0.0.1 | 198.51.100.1 | 198.51.100.1",
                "::1 | 198.51.100.1 | 198.51.100.1",
                "10.127.255.255 | 198.51.100.1 | 198.51.100.1",
                "192.0.2.7 | 1.1.1.1, 198.51.100.1 | 198.51.100.1",
                "2001:db8:1:2::3 | 1.1.1.1,198.51.100.1,10.0.0.3 , 192.0.2.7 | 198.51.100.1",
                "127.0.0.1 | 198.51.100.1:4711 | 198.51.100.1",
                "127.0.0.1 | [2001:db8:5:6:7:8:9:a]:4711 | 2001:db8:5:6:0:0:0:0/64",
                "127.0.0.1 | ::ffff:198.51.100.1 | 198.51.100.1",
                "127.0.0.1 | fe80::7 | fe80:0:0:0:0:0:0:7",
            })
    void client_isTheLastThatIsNoProxy(String peer, String said, String client) throws Exception {
        ClientAddress found = proxies.client(InetAddress.getByName(peer), List.of(said));
        assertThat(found.name()).isEqualTo(client);
        assertThat(found.isExempt()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1 | '' | 127.0.0.1",
                "127.0.0.2 | unknown | 127.0.0.2",
                "10.0.0.3 | 198.51.100.1, rubbish | 10.0.0.3",
                "10.0.0.3 | 'localhost' | 10.0.0.3",
                "10.0.0.3 | 127.0.0.1, 10.0.0.4 | 127.0.0.1",
            })
    void client_nobodyIsNamed_isTheProxy_whoseNumberIsNotLimited(String peer, String said, String client)
            throws Exception {
        ClientAddress found = proxies.client(InetAddress.getByName(peer), List.of(said));
        assertThat(found.name()).isEqualTo(client);
        assertThat(found.isExempt()).isTrue();
    }

    @Test
    void client_fieldsStandOneAfterTheOther_andAreNotFollowedForEver() throws Exception {
        InetAddress proxy = InetAddress.getByName("10.0.0.3");
        assertThat(proxies.client(proxy, List.of("1.1.1.1", "198.51.100.1")).name())
                .isEqualTo("198.51.100.1");
        assertThat(proxies.client(proxy, List.of("1.1.1.1" + ",10.0.0.4".repeat(2_000)))
                        .name())
                .isEqualTo("10.0.0.4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "example.org", "10.0.0", "2001:db8::/129", "", "10.0.0.1/", "1.2.3.4/-1"})
    void of_noAddress_isRefused(String written) {
        assertThatThrownBy(() -> HttpSettings.DEFAULTS.withTrustedProxies(List.of(written)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + written + "' is neither");
    }
}
