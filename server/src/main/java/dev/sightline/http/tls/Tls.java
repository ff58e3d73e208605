package dev.sightline.http.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's certificate, renewed by its own thread: if renewal fails, the old one stays, and the failure is logged and shown
 * in {@link #status}. Safe for use by any thread.
 */
public final class Tls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    private volatile CertificateSource keeper;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sightline-certificate");
        thread.setDaemon(true);
        return thread;
    });

    private volatile Current current;
    private volatile Optional<String> problem = Optional.empty();

    /** Creates it without renewal, which {@link #watch} starts. */
    Tls(CertificateSource keeper) {
        this.keeper = keeper;
        Identity first = keeper.news().orElseThrow();
        this.current = new Current(first, first.context(), keeper.authority().orElse(null));
    }

    /**
     * A certificate from this machine's own authority, both stored in a folder.
     *
     * @param further names and addresses of the machine besides those it knows itself
     * @throws TlsException if the folder, its content or one of the names cannot be used
     */
    public static Tls auto(Path folder, Collection<String> further) {
        List<String> more = List.copyOf(further);
        return new Tls(new LocalAuthority(folder, () -> MachineNames.present().with(more), Clock.systemUTC()));
    }

    /**
     * Checks a further name or address.
     *
     * @throws TlsException if it is neither
     */
    public static void checkName(String name) {
        new MachineNames(Set.of(), Set.of()).with(List.of(name));
    }

    /**
     * The user's own certificate and key, in PEM; the chain follows the certificate in its file.
     *
     * @throws TlsException if one of the files cannot be used, or they do not belong together
     */
    public static Tls of(Path certificate, Path key) {
        return new Tls(new PemFiles(certificate, key));
    }

    /** Starts to look for changes. */
    public Tls watch() {
        long millis = keeper.period().toMillis();
        watch.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
        return this;
    }

    /** Uses another one's certificate, for new connections, and renews it like its own from now on. */
    public synchronized void use(Tls other) {
        keeper = other.keeper;
        take(other.current.identity);
        other.close();
    }

    /** The TLS context for new connections. */
    public SSLContext context() {
        return current.context;
    }

    /** The certificate to install on devices that should trust this server; empty if others vouch for it. */
    public Optional<X509Certificate> authority() {
        return Optional.ofNullable(current.authority);
    }

    /** The same as text, for download. */
    public Optional<String> authorityPem() {
        return authority().map(Pem::text);
    }

    /** The certificate's status. */
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

    /** Stops looking for changes. */
    @Override
    public void close() {
        watch.shutdownNow();
    }

    /** Uses a new certificate, if there is one. */
    synchronized void look() {
        try {
            keeper.news().ifPresent(this::take);
        } catch (RuntimeException e) {
            String what = TlsException.words(e);
            if (!problem.equals(Optional.of(what))) {
                LOG.warn("{}; the previous certificate stays in use", what);
            }
            problem = Optional.of(what);
        }
    }

    private void take(Identity identity) {
        current = new Current(identity, identity.context(), keeper.authority().orElse(null));
        problem = Optional.empty();
        LOG.info(
                "a new certificate is in use, valid until {}",
                identity.certificate().getNotAfter().toInstant());
    }

    private record Current(
            Identity identity, SSLContext context, @Nullable X509Certificate authority) {}
}
