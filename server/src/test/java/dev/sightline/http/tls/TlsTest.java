package dev.sightline.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.testkit.Await;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One's own certificate and key, in files. */
class TlsTest {
    private static final Identity AUTHORITY = CertificateMaker.authority("test", Instant.now());

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;
    private int writes;

    @BeforeEach
    void write() throws IOException {
        certificate = folder.resolve("cert.pem");
        key = folder.resolve("key.pem");
        write(identity("first"));
    }

    @Test
    void ownFiles_areTaken_andNothingIsToBeInstalled() {
        try (Tls tls = Tls.of(certificate, key)) {
            assertThat(tls.context()).isNotNull();
            assertThat(tls.authority()).isEmpty();
            assertThat(tls.status().names()).containsExactly("first");
            assertThat(tls.status().problem()).isEmpty();
        }
    }

    @Test
    void filesChange_newConnectionsGetTheNewOne() throws IOException {
        try (Tls tls = Tls.of(certificate, key)) {
            SSLContext before = tls.context();
            tls.look();
            assertThat(tls.context()).isSameAs(before);

            write(identity("second"));
            tls.look();
            assertThat(tls.context()).isNotSameAs(before);
            assertThat(tls.status().names()).containsExactly("second");
        }
    }

    @Test
    void filesChange_isNoticedByItself() throws IOException {
        try (Tls tls = Tls.of(certificate, key).watch()) {
            write(identity("second"));
            Await.until("the new one", () -> tls.status().names().equals(List.of("second")));
        }
    }

    @Test
    void brokenPair_oldStaysAndIsShown_untilItIsWhole() throws IOException {
        try (Tls tls = Tls.of(certificate, key)) {
            SSLContext before = tls.context();
            Identity next = identity("next");
            write(certificate, Pem.text(next.certificate()));
            tls.look();
            tls.look();
            assertThat(tls.context()).isSameAs(before);
            assertThat(tls.status().problem().orElseThrow()).contains("key.pem does not belong to the certificate");

            write(key, Pem.text(next.key()));
            tls.look();
            assertThat(tls.status().names()).containsExactly("next");
            assertThat(tls.status().problem()).isEmpty();
        }
    }

    @Test
    void fileVanishes_oldStays() throws IOException {
        try (Tls tls = Tls.of(certificate, key)) {
            Files.delete(certificate);
            tls.look();
            assertThat(tls.status().problem().orElseThrow()).isEqualTo("there is no file " + certificate);
            assertThat(tls.status().names()).containsExactly("first");
        }
    }

    @Test
    void wrongFiles_areToldInOneLine() throws Exception {
        refused("there is no file", folder.resolve("none.pem"), key);
        refused("there is no file", certificate, folder.resolve("none.pem"));
        refused("holds no certificate", key, key);
        refused("holds no private key", certificate, certificate);
        write(key, Pem.text(identity("other").key()));
        refused("does not belong to the certificate", certificate, key);
        write(key, "-----BEGIN PRIVATE KEY-----\nbm9uc2Vuc2U=\n-----END PRIVATE KEY-----\n");
        refused("holds a broken private key", certificate, key);
        write(key, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n");
        assertThatThrownBy(() -> Tls.of(certificate, key)).isInstanceOf(TlsException.class);
    }

    @ParameterizedTest
    @CsvSource({"RSA, 1024", "EC, 256"}) // a longer one of RSA takes up to 17 s to be found
    void isPair_knowsItsKey(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        var other = generator.generateKeyPair();
        assertThat(identity("one").isPair()).isTrue();
        assertThat(new Identity(other.getPrivate(), identity("one").chain()).isPair())
                .isFalse();
    }

    @Test
    void key_inTheFormOfOpenSslOfOld_isRead() throws Exception {
        // SEC 1 (RFC 5915), which begins with the curve's parameters.
        BigInteger secret = ((ECPrivateKey) AUTHORITY.key()).getS();
        byte[] sec1 =
                new org.bouncycastle.asn1.sec.ECPrivateKey(256, secret, SECObjectIdentifiers.secp256r1).getEncoded();
        String text = Base64.getMimeEncoder().encodeToString(sec1);
        write(
                key,
                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
                        + "-----BEGIN EC PRIVATE KEY-----\n" + text + "\n-----END EC PRIVATE KEY-----\n");
        assertThat(((ECPrivateKey) Pem.key(key)).getS()).isEqualTo(secret);
    }

    private static void refused(String what, Path certificate, Path key) {
        assertThatThrownBy(() -> Tls.of(certificate, key))
                .isInstanceOf(TlsException.class)
                .hasMessageContaining(what)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }

    private static Identity identity(String name) {
        return CertificateMaker.server(new MachineNames(Set.of(name), Set.of()), AUTHORITY, Instant.now());
    }

    private void write(Identity identity) throws IOException {
        write(
                certificate,
                Pem.text(identity.chain().get(0)) + Pem.text(identity.chain().get(1)));
        write(key, Pem.text(identity.key()));
    }

    /** Each write is a second later: the clock of some file systems is coarse. */
    private void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(++writes)));
    }
}
