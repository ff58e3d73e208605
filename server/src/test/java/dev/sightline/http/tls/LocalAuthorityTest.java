package dev.sightline.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalAuthorityTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    private Path home;

    private Path folder;
    private Instant now = START;
    private MachineNames names = new MachineNames(Set.of("localhost", "cam"), Set.of("127.0.0.1", "192.0.2.7"));

    @BeforeEach
    void choose() {
        folder = home.resolve("share/sightline/tls");
    }

    private LocalAuthority authority() {
        return new LocalAuthority(folder, () -> names, new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        });
    }

    @Test
    void serverCertificate_saysWhatBrowsersAskFor() throws Exception {
        LocalAuthority authority = authority();
        Identity made = authority.news().orElseThrow();
        X509Certificate server = made.certificate();

        assertThat(LocalAuthority.namesOf(server)).isEqualTo(names);
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(server.getKeyUsage()).startsWith(true, false, false, false, false, false);
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(server.getNotAfter().toInstant()).isEqualTo(START.plus(Duration.ofDays(90)));
        assertThat(server.getNotBefore().toInstant()).isEqualTo(START.minus(Duration.ofDays(1)));
        assertThat(server.getSerialNumber().signum()).isPositive();
        assertThat(made.chain()).containsExactly(server, authority.authority().orElseThrow());
        server.verify(made.chain().get(1).getPublicKey());
        assertThat(made.isPair()).isTrue();
    }

    @Test
    void authorityCertificate_mayVouchForServersAloneAndTellsWhoseItIs() throws Exception {
        LocalAuthority local = authority();
        local.news();
        X509Certificate authority = local.authority().orElseThrow();

        assertThat(authority.getBasicConstraints()).isZero();
        assertThat(authority.getKeyUsage()).startsWith(false, false, false, false, false, true, true);
        assertThat(authority.getCriticalExtensionOIDs()).contains("2.5.29.19", "2.5.29.15");
        assertThat(authority.getSubjectX500Principal().getName()).contains("CN=Sightline on cam");
        assertThat(authority.getNotAfter().toInstant()).isEqualTo(START.plus(Duration.ofDays(3650)));
        authority.verify(authority.getPublicKey());
    }

    @Test
    void twoAuthorities_haveDifferentKeysAndNumbers() {
        Identity one = CertificateMaker.authority("cam", now);
        Identity other = CertificateMaker.authority("cam", now);
        assertThat(one.key()).isNotEqualTo(other.key());
        assertThat(one.certificate().getSerialNumber())
                .isNotEqualTo(other.certificate().getSerialNumber());
    }

    @Test
    void news_nothingChanged_areNone_andTheNextStartHasTheSame() {
        LocalAuthority first = authority();
        Identity made = first.news().orElseThrow();
        assertThat(first.news()).isEmpty();

        LocalAuthority second = authority();
        assertThat(second.news().orElseThrow().chain()).isEqualTo(made.chain());
        assertThat(second.authority()).isEqualTo(first.authority());
    }

    @Test
    void news_thirtyDaysLeft_newCertificateOfTheSameAuthority() {
        LocalAuthority authority = authority();
        Identity before = authority.news().orElseThrow();
        now = START.plus(Duration.ofDays(60)).minusSeconds(1);
        assertThat(authority.news()).isEmpty();

        now = START.plus(Duration.ofDays(60)).plusSeconds(1);
        Identity after = authority.news().orElseThrow();
        assertThat(after.certificate().getNotAfter().toInstant()).isEqualTo(now.plus(Duration.ofDays(90)));
        assertThat(after.chain().get(1)).isEqualTo(before.chain().get(1));
        assertThat(authority.news()).isEmpty();
        assertThat(authority().news().orElseThrow().chain()).isEqualTo(after.chain());
    }

    @Test
    void news_newAddress_isInTheNewCertificate_lostOneIsNoReason() {
        LocalAuthority authority = authority();
        authority.news();
        names = new MachineNames(Set.of("localhost", "cam"), Set.of("127.0.0.1"));
        assertThat(authority.news()).isEmpty();

        names = new MachineNames(Set.of("localhost", "cam", "cam.local"), Set.of("127.0.0.1", "2001:db8:0:0:0:0:0:7"));
        Identity after = authority.news().orElseThrow();
        assertThat(LocalAuthority.namesOf(after.certificate())).isEqualTo(names);
    }

    @Test
    void news_authorityNearItsEnd_isMadeAnew() {
        LocalAuthority authority = authority();
        authority.news();
        Optional<X509Certificate> before = authority.authority();
        now = START.plus(Duration.ofDays(3650 - 179));

        Identity after = authority.news().orElseThrow();
        assertThat(authority.authority()).isNotEqualTo(before);
        assertThat(after.chain().get(1)).isEqualTo(authority.authority().orElseThrow());
    }

    @Test
    void files_areTheOwnersAlone() throws IOException {
        assumeTrue(home.getFileSystem().supportedFileAttributeViews().contains("posix"), "no such permissions here");
        authority().news();

        assertThat(permissions(folder)).isEqualTo("rwx------");
        for (String name : List.of("authority.key", "server.key", "authority.crt", "server.crt")) {
            assertThat(permissions(folder.resolve(name))).as(name).isEqualTo("rw-------");
        }
        Files.setPosixFilePermissions(folder.resolve("authority.key"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        authority().news();
        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(permissions(folder.resolve("authority.key"))).isEqualTo("rw-------");
    }

    @Test
    void serverFilesBroken_areMadeAnewByTheSameAuthority() throws IOException {
        LocalAuthority first = authority();
        first.news();
        Files.writeString(folder.resolve("server.key"), "nonsense");

        LocalAuthority second = authority();
        assertThat(second.news().orElseThrow().isPair()).isTrue();
        assertThat(second.authority()).isEqualTo(first.authority());
    }

    @Test
    void authorityBroken_isNotReplacedButTold() throws IOException {
        authority().news();
        Files.writeString(folder.resolve("authority.key"), "nonsense");

        assertThatThrownBy(() -> authority().news())
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("authority.key holds no private key")
                .hasMessageContaining("installed again");
    }

    @Test
    void folderThatCannotBe_isTold() throws IOException {
        Files.writeString(home.resolve("share"), "a file");
        assertThatThrownBy(this::authority)
                .isInstanceOf(TlsException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("cannot be made");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
