package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.tls.Tls;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration names another certificate while clients are connected. */
class LiveCertificateIT {
    private static final String CONFIG = """
            http: {port: 0, tls: auto, tls-names: [one.test]}
            streams: {cam: {source: 'publish:'}}
            """;

    @TempDir
    private Path folder;

    private X509Certificate authority;
    private LiveServer server;

    @BeforeEach
    void start() throws IOException {
        System.setProperty("sightline.data", folder.resolve("data").toString());
        try (Tls own = Tls.auto(folder.resolve("data/tls"), List.of("one.test"))) {
            authority = own.authority().orElseThrow();
        }
        server = LiveServer.start(folder, CONFIG);
    }

    @AfterEach
    void stop() {
        server.close();
        System.clearProperty("sightline.data");
    }

    @Test
    void save_otherNames_newConnectionsGetThem_andOldOnesStay() throws Exception {
        try (SSLSocket old = connect()) {
            assertThat(names(old)).contains("one.test").doesNotContain("two.test");

            server.save(CONFIG.replace("one.test", "two.test"));
            Await.until("the other name", () -> presentNames().contains("two.test"));
            assertThat(presentNames()).doesNotContain("one.test");
            assertThat(get(old)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void save_filesOfAnotherCertificate_newConnectionsGetIt_andOldOnesStay() throws Exception {
        Path files = folder.resolve("files");
        try (Tls other = Tls.auto(files, List.of("files.test"))) {
            X509Certificate first = authority;
            authority = other.authority().orElseThrow();
            Path certificate = pem(files, "BEGIN CERTIFICATE", "server");
            Path key = pem(files, "PRIVATE KEY", "server");
            authority = first;
            try (SSLSocket old = connect()) {
                server.save(CONFIG.replace("tls: auto", "tls: '" + certificate + ", " + key + "'"));
                authority = other.authority().orElseThrow();
                Await.until("the other certificate", () -> presentNames().contains("files.test"));
                assertThat(get(old)).startsWith("HTTP/1.1 200");
            }
        }
    }

    private static Path pem(Path folder, String mark, String name) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name))
                    .filter(file -> holds(file, mark))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean holds(Path file, String mark) {
        try {
            return Files.readString(file).contains(mark);
        } catch (IOException e) {
            return false;
        }
    }

    /** The names in the certificate of a new connection; none while it is one that is not trusted. */
    private String presentNames() {
        try (SSLSocket socket = connect()) {
            return names(socket);
        } catch (IOException e) {
            return "";
        }
    }

    private static String names(SSLSocket socket) throws IOException {
        try {
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectAlternativeNames().toString();
        } catch (java.security.cert.CertificateParsingException e) {
            throw new IOException(e);
        }
    }

    private SSLSocket connect() throws IOException {
        URI address = server.address();
        SSLSocket socket =
                (SSLSocket) Trust.in(authority).getSocketFactory().createSocket("127.0.0.1", address.getPort());
        socket.setSoTimeout(10_000);
        socket.startHandshake();
        return socket;
    }

    private static String get(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
