package dev.sightline.http.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An authority of only this machine, and its certificate for the server; both are stored in a folder.
 *
 * <p>The authority lives for ten years, since people have to install it. The server's certificate lives for 90 days. It is
 * renewed when 30 days are left, or as soon as the machine has a name or an address that is not in it.
 */
final class LocalAuthority implements CertificateSource {
    static final String AUTHORITY = "authority";
    static final String SERVER = "server";

    private static final Logger LOG = LoggerFactory.getLogger(LocalAuthority.class);
    private static final Duration PERIOD = Duration.ofSeconds(20);
    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
    private static final Duration AUTHORITY_RENEWED_BEFORE = Duration.ofDays(180);
    private static final int NAME_OF_A_HOST = 2;
    private static final int ADDRESS = 7;

    private final SecretFolder folder;
    private final Supplier<MachineNames> names;
    private final Clock clock;
    private @Nullable Identity authority;
    private @Nullable Identity server;

    LocalAuthority(Path folder, Supplier<MachineNames> names, Clock clock) {
        this.folder = new SecretFolder(folder);
        this.names = names;
        this.clock = clock;
    }

    @Override
    public Optional<Identity> news() {
        MachineNames wanted = names.get();
        Identity before = server;
        if (before != null && isGood(before, wanted)) {
            return Optional.empty();
        }
        Identity now = folder.alone(() -> keptOrMade(wanted));
        server = now;
        return Optional.of(now);
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    @Override
    public Optional<X509Certificate> authority() {
        return Optional.ofNullable(authority).map(Identity::certificate);
    }

    private Identity keptOrMade(MachineNames wanted) {
        authority = keptAuthority().orElseGet(() -> madeAuthority(wanted));
        Optional<Identity> kept = kept(SERVER).filter(each -> isGood(each, wanted));
        return kept.orElseGet(() -> madeServer(wanted));
    }

    /** An installed authority is never replaced because it cannot be read. */
    private Optional<Identity> keptAuthority() {
        if (!folder.has(certificateOf(AUTHORITY))) {
            return Optional.empty();
        }
        try {
            Identity kept = read(AUTHORITY);
            return lives(kept, AUTHORITY_RENEWED_BEFORE) ? Optional.of(kept) : Optional.empty();
        } catch (TlsException e) {
            throw new TlsException(
                    "Sightline's own certificate authority cannot be used: " + e.getMessage() + "; without "
                            + folder.file(certificateOf(AUTHORITY))
                            + " a new one is made, which has to be installed again everywhere",
                    e);
        }
    }

    private Optional<Identity> kept(String name) {
        try {
            return folder.has(certificateOf(name)) ? Optional.of(read(name)) : Optional.empty();
        } catch (TlsException e) {
            LOG.warn("{}; a new one is made", e.getMessage());
            return Optional.empty();
        }
    }

    private Identity read(String name) {
        folder.guard(keyOf(name));
        Identity read =
                new Identity(Pem.key(folder.file(keyOf(name))), Pem.certificates(folder.file(certificateOf(name))));
        if (!read.isPair()) {
            throw new TlsException(
                    "the key in " + folder.file(keyOf(name)) + " does not belong to the certificate next to it");
        }
        return read;
    }

    private Identity madeAuthority(MachineNames wanted) {
        String machine = wanted.names().stream()
                .filter(name -> !name.equals("localhost") && !name.endsWith(".local"))
                .findFirst()
                .orElse("this computer");
        Identity made = CertificateMaker.authority(machine, clock.instant());
        write(AUTHORITY, made);
        LOG.info("made a certificate authority for this machine, stored in {}", folder.file(""));
        return made;
    }

    private Identity madeServer(MachineNames wanted) {
        Identity by = authority;
        if (by == null) {
            throw new IllegalStateException("the authority comes first");
        }
        Identity made = CertificateMaker.server(wanted, by, clock.instant());
        write(SERVER, made);
        LOG.info(
                "made a certificate for {} {}", String.join(" ", wanted.names()), String.join(" ", wanted.addresses()));
        return made;
    }

    /** The key first: a certificate without its key would look like a broken pair. */
    private void write(String name, Identity identity) {
        folder.write(keyOf(name), Pem.text(identity.key()));
        StringBuilder chain = new StringBuilder();
        identity.chain().forEach(certificate -> chain.append(Pem.text(certificate)));
        folder.write(certificateOf(name), chain.toString());
    }

    private boolean isGood(Identity identity, MachineNames wanted) {
        return lives(identity, RENEWED_BEFORE)
                && isOurs(identity)
                && namesOf(identity.certificate()).include(wanted);
    }

    private boolean lives(Identity identity, Duration left) {
        Instant now = clock.instant();
        X509Certificate certificate = identity.certificate();
        return now.plus(left).isBefore(certificate.getNotAfter().toInstant())
                && !now.isBefore(certificate.getNotBefore().toInstant());
    }

    private boolean isOurs(Identity identity) {
        Identity by = authority;
        try {
            if (by != null && lives(by, AUTHORITY_RENEWED_BEFORE)) {
                identity.certificate().verify(by.certificate().getPublicKey());
                return true;
            }
        } catch (GeneralSecurityException e) {
            // issued by an earlier authority
        }
        return false;
    }

    static MachineNames namesOf(X509Certificate certificate) {
        Set<String> hosts = new HashSet<>();
        Set<String> addresses = new HashSet<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> each : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (each.get(0).equals(NAME_OF_A_HOST)) {
                    hosts.add((String) each.get(1));
                } else if (each.get(0).equals(ADDRESS)) {
                    addresses.add((String) each.get(1));
                }
            }
        } catch (CertificateParsingException e) {
            // not one of our certificates: it has no names
        }
        return new MachineNames(hosts, addresses);
    }

    private static String certificateOf(String name) {
        return name + ".crt";
    }

    private static String keyOf(String name) {
        return name + ".key";
    }
}
