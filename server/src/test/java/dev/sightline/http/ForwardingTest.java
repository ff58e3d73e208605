package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest {
    private static final Forwarding FORWARDING =
            new Forwarding(HttpSettings.DEFAULTS.withTrustedProxies(List.of("10.0.0.0/8")));

    private final List<String> asked = new ArrayList<>();

    private HttpHeaders applied(Forwarding forwarding, String peer, String... fields) throws UnknownHostException {
        HttpHeaders head = new DefaultHttpHeaders().set("Host", "inner:8080");
        for (int i = 0; i < fields.length; i += 2) {
            head.add(fields[i], fields[i + 1]);
        }
        forwarding.apply(head, InetAddress.getByName(peer), asked::add);
        return head;
    }

    @Test
    void apply_ofATrustedProxy_isBelieved() throws UnknownHostException {
        HttpHeaders head = applied(
                FORWARDING,
                "10.1.2.3",
                "X-Forwarded-Host",
                "evil.example, cam.example.org:8443",
                "X-Forwarded-Proto",
                "HTTPS",
                "X-Forwarded-Prefix",
                "/cams/",
                "Forwarded",
                "host=ignored.example;proto=http");

        assertThat(head.get("Host")).isEqualTo("cam.example.org:8443");
        assertThat(Forwarding.isHttps(head)).isTrue();
        assertThat(Forwarding.seen(head).path()).isEqualTo("/cams");
        assertThat(asked).as("the name in the request is still judged").containsExactly("inner:8080");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"192.0.2.7", "127.0.0.1", "::1"}) // a page of a rebound name could set them from this computer
    void apply_ofAnybodyElse_isRemoved(String peer) throws UnknownHostException {
        HttpHeaders head = applied(
                FORWARDING,
                peer,
                "X-Forwarded-Host",
                "cam.example.org",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Prefix",
                "/cams",
                "Forwarded",
                "host=cam.example.org;proto=https");

        assertThat(head.get("Host")).isEqualTo("inner:8080");
        assertThat(Forwarding.isHttps(head)).isFalse();
        assertThat(Forwarding.seen(head)).isEqualTo(BasePath.NONE);
        assertThat(head.contains("X-Forwarded-Host")).isFalse();
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=192.0.2.1;host=cam.example.org;proto=https | cam.example.org | true",
                "host=evil.example, for=\"[2001:db8::1]:9\"; Host=\"cam.example.org:8443\" ;PROTO=http | cam.example.org:8443 | false",
                "for=_hidden;proto=https | inner:8080 | true",
                "host=\"a b\";proto=ftp | inner:8080 | false",
                "xhost=cam.example.org | inner:8080 | false",
            })
    void apply_standardField_isReadFromTheNearestProxy(String field, String host, boolean https)
            throws UnknownHostException {
        HttpHeaders head = applied(FORWARDING, "10.0.0.5", "Forwarded", field);

        assertThat(head.get("Host")).isEqualTo(host);
        assertThat(Forwarding.isHttps(head)).isEqualTo(https);
    }

    @Test
    void apply_nonsenseOfAProxy_changesNothing() throws UnknownHostException {
        HttpHeaders head = applied(
                FORWARDING,
                "10.0.0.5",
                "X-Forwarded-Host",
                "a/b?c",
                "X-Forwarded-Proto",
                "gopher",
                "X-Forwarded-Prefix",
                "/a\"b");

        assertThat(head.get("Host")).isEqualTo("inner:8080");
        assertThat(head.names()).containsExactly("Host");
    }

    @Test
    void apply_configuredBasePath_isThatOfEveryRequest() throws UnknownHostException {
        Forwarding based =
                new Forwarding(HttpSettings.DEFAULTS.withBasePath("/cams/").withTrustedProxies(List.of("10.0.0.5")));

        assertThat(Forwarding.seen(applied(based, "127.0.0.1", "X-Forwarded-Prefix", "/x"))
                        .path())
                .isEqualTo("/cams");
        assertThat(Forwarding.seen(applied(based, "10.0.0.5", "X-Forwarded-Prefix", "/x"))
                        .path())
                .isEqualTo("/x");
    }

    @ParameterizedTest
    @CsvSource({
        "Forwarded, true",
        "via, true",
        "X-Real-IP, true",
        "x-forwarded-for, true",
        "X-Forwarded-Whatever, true",
        "X-Forwarded, false",
        "Viaduct, false",
        "Accept, false"
    })
    void apply_fieldsThatProxiesAdd_tellThatOneThatNobodyNamedPassedItOn(String field, boolean passedOn)
            throws UnknownHostException {
        for (String peer : List.of("192.0.2.1", "10.0.0.5")) {
            HttpHeaders head = new DefaultHttpHeaders().set("Host", "inner").set(field, "x");
            assertThat(FORWARDING.apply(head, InetAddress.getByName(peer), asked::add))
                    .as(peer)
                    .isEqualTo(passedOn && peer.equals("192.0.2.1"));
        }
    }
}
