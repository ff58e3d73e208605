package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code --tls auto} with a real browser: in a home of its own, which trusts the server's authority or does not, and by a
 * name that no browser takes for this computer's.
 */
class HttpsBrowserIT {
    private static final String NAME = "sightline.lan";
    private static final String CAMERA =
            "navigator.mediaDevices.getUserMedia({video: true}).then(s => s.getVideoTracks()[0].readyState)";

    @TempDir
    private Path home;

    private SightlineServer server;
    private String address;

    @BeforeEach
    void start() {
        System.setProperty("sightline.data", home.resolve("data").toString());
        server =
                Sightline.server().port(0).tls("auto", NAME).stream(
                                "demo", stream -> stream.source("pattern:320x240@10"))
                        .stream("me", stream -> stream.source("publish:").process("grayscale"))
                        .start();
        address = NAME + ":" + server.address().getPort();
    }

    @AfterEach
    void stop() {
        server.close();
        System.clearProperty("sightline.data");
    }

    @Test
    void trusted_pageIsSecureAndGetsTheCamera() throws Exception {
        trust(home.resolve("data/tls/authority.crt"));
        try (Browser browser = browser()) {
            Page page = browser.page(800, 600);
            page.navigate("http://" + address + "/"); // by the redirect

            assertThat(page.url()).isEqualTo("https://" + address + "/");
            assertThat(page.evaluate("window.isSecureContext")).isEqualTo(true);
            assertThat(page.evaluate(CAMERA)).isEqualTo("live");
            Await.until(
                    "the picture plays by wss",
                    () -> "live".equals(page.locator(".tile .word").first().textContent()));
            assertThat(browser.faults()).isEmpty();
        }
    }

    @Test
    void trusted_publishPage_sendsTheCameraAndShowsTheResult() throws Exception {
        trust(home.resolve("data/tls/authority.crt"));
        try (Browser browser = browser()) {
            Page page = browser.page(1000, 700);
            page.navigate("https://" + address + "/publish/me");
            Await.until("ready", () -> page.locator("#start").isEnabled());
            page.locator("#start").click();

            Await.until("live", () -> "live".equals(page.locator("#word").textContent()));
            Await.until("shown to all", () -> server.streams().get(1).frames() > 20);
            assertThat(browser.faults()).isEmpty();
        }
    }

    @Test
    void notTrusted_httpsIsRefused_andThePageWithTheCertificateIsNot() {
        try (Browser browser = browser()) {
            Page refused = browser.page(400, 800);
            Page page = browser.page(400, 800);

            assertThatThrownBy(() -> refused.navigate("https://" + address + "/"))
                    .isInstanceOf(PlaywrightException.class)
                    .hasMessageContaining("ERR_CERT_AUTHORITY_INVALID");
            page.navigate("http://" + address + "/certificate");
            assertThat(page.url()).startsWith("http://");
            assertThat(page.locator("h1").textContent()).contains("trust Sightline");
            assertThat(page.locator("a.primary").evaluate("a => a.href")).isEqualTo("http://" + address + "/ca.crt");
            assertThat(page.evaluate("window.isSecureContext")).isEqualTo(false);
            assertThat(page.evaluate("navigator.mediaDevices === undefined")).isEqualTo(true);
        }
    }

    /** A browser that finds the server by that name, and whose user has this home. */
    private Browser browser() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("HOME", home.toString());
        return Browser.start(environment, "--host-resolver-rules=MAP " + NAME + " 127.0.0.1");
    }

    private void trust(Path certificate) throws IOException, InterruptedException {
        Path store = Files.createDirectories(home.resolve(".pki/nssdb"));
        certutil("-N", "--empty-password", "-d", "sql:" + store);
        certutil("-A", "-n", "Sightline", "-t", "C,,", "-i", certificate.toString(), "-d", "sql:" + store);
    }

    private static void certutil(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("certutil"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(command.toString()).isZero();
    }
}
