package dev.sightline.http;

import dev.sightline.http.connection.Outcomes;
import dev.sightline.http.connection.Service;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * The server side of TLS, by the JDK's own engine.
 *
 * <p>Handshakes are computed on separate threads: a hundred newcomers at once must not delay the viewers' frames. Frames are
 * encrypted on the event loop, with each viewer's own keys, from the shared buffer, which is only read.
 */
final class SecureSide implements AutoCloseable {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final Duration LONGEST_HANDSHAKE = Duration.ofSeconds(10);
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(1);
    private static final int HANDSHAKE_THREADS = 2;

    private final Supplier<SSLContext> certificate;
    private final Service service;
    private final RequestAdmission reception;
    private final Duration longestHandshake;
    private final ExecutorService handshakes =
            Executors.newFixedThreadPool(HANDSHAKE_THREADS, new DefaultThreadFactory("sightline-tls", true));

    private SecureSide(Supplier<SSLContext> certificate, Service service, RequestAdmission reception) {
        this.certificate = certificate;
        this.service = service;
        this.reception = reception;
        Duration patience = service.requestTimeout();
        this.longestHandshake = patience.compareTo(LONGEST_HANDSHAKE) < 0 ? patience : LONGEST_HANDSHAKE;
    }

    /** Creates it for the service of plain connections, whose limits apply here too. */
    static SecureSide of(
            Supplier<SSLContext> certificate,
            Service plain,
            Supplier<Routes> routes,
            OriginPolicy origins,
            Forwarding forwarding) {
        return new SecureSide(
                certificate, plain, new RequestAdmission(routes, new Cors(origins, true), forwarding, false));
    }

    /** Adds the handlers of TLS, and of HTTP inside it. */
    void speak(ChannelPipeline pipeline, Admission admission) {
        SSLEngine engine = certificate.get().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(PROTOCOLS);
        SslHandler tls = new TlsHandler(engine, handshakes, admission.input());
        tls.setHandshakeTimeoutMillis(longestHandshake.toMillis());
        tls.handshakeFuture().addListener(done -> {
            if (done.cause() instanceof SslHandshakeTimeoutException) {
                Outcomes.timedOut(Outcomes.TimeOut.TLS);
            }
        });
        tls.setCloseNotifyFlushTimeoutMillis(LONGEST_GOODBYE.toMillis());
        // Never join buffers before encryption, even if many wait: Netty would write into the shared one.
        tls.setWrapDataSize(0);
        pipeline.addLast(tls);
        ConnectionInitializer.speakHttp(pipeline, service, reception, admission);
    }

    /** Ends the threads. */
    @Override
    public void close() {
        handshakes.shutdown();
        try {
            if (!handshakes.awaitTermination(LONGEST_GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
                handshakes.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
