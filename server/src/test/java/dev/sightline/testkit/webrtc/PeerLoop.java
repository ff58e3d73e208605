package dev.sightline.testkit.webrtc;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * What any number of peers share: the one thread on which all their packets are read, a bounded pool for their
 * handshakes, which block, a client for HTTP, and a certificate.
 */
public final class PeerLoop implements AutoCloseable {
    private static final int HANDSHAKES = 32;

    private final BcTlsCrypto crypto = new BcTlsCrypto(new SecureRandom());
    private final PeerCertificate certificate = PeerCertificate.make(crypto);
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("peers", true),
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private final ExecutorService handshakes =
            Executors.newFixedThreadPool(HANDSHAKES, new DefaultThreadFactory("peers-handshake", true));
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    EventLoop events() {
        return group.next();
    }

    ExecutorService handshakes() {
        return handshakes;
    }

    HttpClient http() {
        return http;
    }

    BcTlsCrypto crypto() {
        return crypto;
    }

    /** What an SDP calls the certificate of its peers. */
    public String fingerprint() {
        return "sha-256 " + certificate().fingerprint();
    }

    PeerCertificate certificate() {
        return certificate;
    }

    /** Stops the threads; peers still open vanish without a farewell. */
    @Override
    public void close() {
        handshakes.shutdownNow();
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
