package dev.sightline.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.Routes;
import dev.sightline.http.tls.Tls;
import dev.sightline.metrics.Metrics;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.testkit.Browser;
import dev.sightline.testkit.RawClient;
import dev.sightline.testkit.Trust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorsIT {
    private static final String ELSEWHERE = "192.0.2.7";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, http://192.0.2.7:8080/",
        "127.0.0.1:8080, http://192.0.2.7:8080/",
        "cam.lan:8080,   http://cam.lan:8080/",
        "cam.lan,        http://cam.lan:80/",
        "a<b,            http://192.0.2.7:80/"
    })
    void phone_isToldAnAddressThatItReaches(String host, String address) throws Exception {
        try (HttpServer server = serve(Optional.empty(), ELSEWHERE)) {
            assertThat(get(server, "/api/phone", host)).contains("\"address\":\"" + address + "\",\"camera\":false");
            assertThat(get(server, "/api/phone/qr.svg", host)).contains("image/svg+xml", "<svg");
        }
    }

    @Test
    void phone_serverOfThisComputerAlone_isToldNone() throws Exception {
        try (HttpServer server = serve(Optional.empty(), "127.0.0.1")) {
            assertThat(get(server, "/api/phone", "localhost")).contains("\"address\":\"\"");
            assertThat(get(server, "/api/phone/qr.svg", "localhost")).contains(" 404 ", "--host 0.0.0.0");
        }
    }

    @Test
    void certificate_withoutTls_isNone() throws Exception {
        try (HttpServer server = serve(Optional.empty(), ELSEWHERE)) {
            for (String path : List.of("/ca.crt", "/certificate", "/api/certificate")) {
                assertThat(get(server, path, "localhost")).contains(" 404 ", "--tls auto");
            }
        }
    }

    @Test
    void certificate_isServedPlainlyToo_andIsTheOneThatHelps() throws Exception {
        Tls tls = Tls.auto(folder, List.of());
        try (HttpServer server = serve(Optional.of(tls), ELSEWHERE)) {
            String answer = get(server, "/ca.crt", "localhost");
            assertThat(answer).contains("application/x-x509-ca-cert");
            String pem = answer.substring(answer.indexOf("-----BEGIN"));
            var authority = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            SSLContext trust = Trust.in((java.security.cert.X509Certificate) authority);
            try (RawClient client = new RawClient(server.address(), trust)) {
                assertThat(client.get("/api/phone").readAnswer())
                        .contains("\"address\":\"https://192.0.2.7:443/\",\"camera\":true,"
                                + "\"certificate\":\"http://192.0.2.7:443/certificate\"");
                assertThat(client.get("/api/certificate").readAnswer())
                        .contains("\"names\":[\"localhost\"")
                        .contains(tls.status().issuerFingerprint());
            }
            assertThat(get(server, "/certificate", "localhost"))
                    .contains(tls.status().issuerFingerprint(), "Android", "iPhone", "Windows", "macOS", "Firefox")
                    .doesNotContain("##");
            assertThat(get(server, "/health", "localhost")).contains(" 200 ");
            assertThat(get(server, "/", "localhost")).contains(" 308 ");
            assertThat(get(server, "/api/streams", "localhost")).contains(" 308 ");
        }
    }

    @Test
    void dashboard_buttonShowsTheCode_whereOthersReachTheServer() throws Exception {
        try (HttpServer server = serve(Optional.empty(), ELSEWHERE);
                Browser browser = Browser.start()) {
            int port = server.address().getPort();
            Page page = browser.page(360, 700);
            page.navigate("http://127.0.0.1:" + port + "/");
            page.locator("#phone").click();
            page.locator("#phone-dialog .address").waitFor();
            assertThat(page.locator("#phone-dialog .address").textContent())
                    .isEqualTo("http://192.0.2.7:" + port + "/");
            assertThat(page.locator("#phone-dialog .hint").textContent()).contains("--tls auto");
            page.locator("#phone-dialog img").evaluate("image => image.decode()");
            assertThat(browser.faults()).isEmpty();
        }
        try (HttpServer server = serve(Optional.empty(), "127.0.0.1");
                Browser browser = Browser.start()) {
            Page page = browser.page(360, 700);
            page.waitForResponse(
                    answer -> answer.url().endsWith("/api/phone"),
                    () -> page.navigate("http://127.0.0.1:" + server.address().getPort() + "/"));
            assertThat(page.locator("#phone").isVisible()).isFalse();
        }
    }

    private static HttpServer serve(Optional<Tls> tls, String boundTo) throws IOException {
        Routes routes = new Routes();
        Admin.addTo(routes, new StreamRegistry(), new Unconfigured(), new Metrics(), "1.2.3");
        Doors.addTo(routes, tls, boundTo);
        HttpSettings settings = HttpSettings.DEFAULTS.withPort(0);
        return tls.isPresent()
                ? HttpServer.start(settings, routes, (origin, host) -> true, tls.get()::context)
                : HttpServer.start(settings, routes, (origin, host) -> true);
    }

    private static String get(HttpServer server, String path, String host) throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            return client.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                    .readAnswer();
        }
    }
}
