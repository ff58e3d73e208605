package dev.sightline.http.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's certificate, kept up to date by a thread of its own: what cannot be renewed stays as it is, is logged, and
 * shown in {@link #status}. Safe for use by any thread.
 */
public final class Tls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    private final CertificateSource keeper;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sightline-certificate");
        thread.setDaemon(true);
        return thread;
    });

    private volatile Current current;
    private volatile Optional<String> problem = Optional.empty();

    /** Nothing is watched yet: {@link #watch} does. */
    Tls(CertificateSource keeper) {
        this.keeper = keeper;
        Identity first = keeper.news().orElseThrow();
        this.current = new Current(first, first.context(), keeper.authority().orElse(null));
    }

    /**
     * A certificate made by an authority of this machine's own, both kept in a folder.
     *
     * @param further names and addresses that the machine has besides those it knows of
     * @throws TlsException if the folder cannot be used, or what it holds, or one of the names
     */
    public static Tls auto(Path folder, Collection<String> further) {
        List<String> more = List.copyOf(further);
        return new Tls(new LocalAuthority(folder, () -> MachineNames.present().with(more), Clock.systemUTC()));
    }

    /**
     * The user's own certificate and key, in PEM; those that vouch for the certificate follow it in its file.
     *
     * @throws TlsException if one of the files cannot be used, or they do not belong together
     */
    public static Tls of(Path certificate, Path key) {
        return new Tls(new PemFiles(certificate, key));
    }

    /** Begins to look for what is new. */
    public Tls watch() {
        long millis = keeper.period().toMillis();
        watch.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
        return this;
    }

    /** What new connections are made with. */
    public SSLContext context() {
        return current.context;
    }

    /** The certificate to be installed by those who are to trust this server; empty where others vouch for it. */
    public Optional<X509Certificate> authority() {
        return Optional.ofNullable(current.authority);
    }

    /** The same as text, as it is served. */
    public Optional<String> authorityPem() {
        return authority().map(Pem::text);
    }

    /** How the certificate is doing. */
    public CertificateStatus status() {
        X509Certificate certificate = current.identity.certificate();
        MachineNames names = LocalAuthority.namesOf(certificate);
        List<String> all = Stream.concat(names.names().stream(), names.addresses().stream())
                .toList();
        return new CertificateStatus(
                all,
                certificate.getNotAfter().toInstant(),
                certificate.getIssuerX500Principal().getName(),
                current.identity.fingerprint(),
                problem);
    }

    /** Stops looking for what is new. */
    @Override
    public void close() {
        watch.shutdownNow();
    }

    /** Takes over what is new, if anything. */
    void look() {
        try {
            keeper.news().ifPresent(this::take);
        } catch (RuntimeException e) {
            String what = TlsException.words(e);
            if (!problem.equals(Optional.of(what))) {
                LOG.warn("{}; the certificate of before stays", what);
            }
            problem = Optional.of(what);
        }
    }

    private void take(Identity identity) {
        current = new Current(identity, identity.context(), keeper.authority().orElse(null));
        problem = Optional.empty();
        LOG.info(
                "a new certificate is in use, good until {}",
                identity.certificate().getNotAfter().toInstant());
    }

    private record Current(
            Identity identity, SSLContext context, @Nullable X509Certificate authority) {}
}
