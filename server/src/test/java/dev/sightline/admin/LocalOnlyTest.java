package dev.sightline.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sightline.http.Headers;
import dev.sightline.http.ProblemException;
import dev.sightline.http.Request;
import dev.sightline.http.limits.ClientAddress;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalOnlyTest {
    private static final Headers HERE = Headers.NONE.with("Host", "127.0.0.1:8080");

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "::1"})
    void check_thisComputer_isAccepted(String address) {
        assertThatCode(() -> check(address, HERE)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "2001:db8::7", "fe80::7"})
    void check_anotherComputer_isRefused(String address) {
        assertThatThrownBy(() -> check(address, HERE))
                .hasMessageContaining("from the computer that the server runs on");
    }

    @Test
    void check_ownAddressInTheNetwork_isAccepted() throws SocketException {
        Optional<InetAddress> own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .findFirst();
        assumeThat(own).as("a network").isPresent();
        assertThatCode(() -> LocalOnly.check(request(own.orElseThrow(), HERE))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:80",
                "cam.localhost:80",
                "127.0.0.1",
                "10.0.0.1:8080",
                "[::1]",
                "[::1]:8080",
                "[fe80::1%25eth0]:80"
            })
    void check_hostThatIsNobodyElse_isAccepted(String host) {
        assertThatCode(() -> check("127.0.0.1", Headers.NONE.with("Host", host)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cam.example",
                "cam.example:80",
                "localhost.example",
                "127.0.0.1.example",
                "mylocalhost",
                "127.0.0.1@cam.example",
                "localhost:80:80",
                "[cam]",
                "a.b"
            })
    void check_hostThatDnsCouldGiveToSomebody_isRefused(String host) {
        assertThatThrownBy(() -> check("127.0.0.1", Headers.NONE.with("Host", host)))
                .hasMessageContaining("at localhost or an address in numbers");
    }

    @Test
    void check_noHost_isRefused() {
        assertThatThrownBy(() -> check("127.0.0.1", Headers.NONE)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://127.0.0.1:8080, true",
        "Origin, https://127.0.0.1:8080, true",
        "Origin, http://127.0.0.1:8081, false",
        "Origin, http://127.0.0.1, false",
        "Origin, http://localhost:8080, false",
        "Origin, http://me@127.0.0.1:8080, false",
        "Origin, null, false",
        "Origin, '', false",
        "Origin, http://[, false",
        "Sec-Fetch-Site, same-origin, true",
        "Sec-Fetch-Site, none, true",
        "Sec-Fetch-Site, same-site, false",
        "Sec-Fetch-Site, cross-site, false",
        "Sec-Fetch-Site, whatever, false",
        "Forwarded, for=127.0.0.1, false",
        "X-Forwarded-For, 127.0.0.1, false",
        "X-Real-IP, 127.0.0.1, false",
        "Via, 1.1 proxy, false",
        "User-Agent, curl, true",
    })
    void check_field_saysWhoAsks(String name, String value, boolean accepted) {
        Headers fields = HERE.with(name, value);
        if (accepted) {
            assertThatCode(() -> check("127.0.0.1", fields)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> check("127.0.0.1", fields))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.response().status()).isEqualTo(403));
        }
    }

    private static void check(String address, Headers fields) {
        LocalOnly.check(request(NetUtil.createInetAddressFromIpAddressString(address), fields));
    }

    private static Request request(InetAddress address, Headers fields) {
        return new Request(
                "PATCH",
                "/api/streams/cam",
                Map.of(),
                Map.of(),
                fields,
                new byte[0],
                new InetSocketAddress(address, 4711),
                new ClientAddress(address, false));
    }
}
