package dev.sightline.transport.webrtc.link;

import java.net.BindException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/** One UDP port, and TCP of the same number, for the media of all sessions. Safe for use by any thread. */
public final class MediaPort implements AutoCloseable {
    private MediaPort() {}

    /**
     * Takes the port.
     *
     * @throws BindException if the port is taken or the address is none of this computer's; the message says which, and
     *     what to do
     */
    public static MediaPort bind(MediaSettings settings) throws BindException {
        throw new UnsupportedOperationException();
    }

    /** Runs what it is given on the media thread, at once or later. */
    public ScheduledExecutorService executor() {
        throw new UnsupportedOperationException();
    }

    /** That of this server's certificate, as an SDP's {@code a=fingerprint} has it: {@code sha-256 AB:CD:…}. */
    public String fingerprint() {
        throw new UnsupportedOperationException();
    }

    /** The port really taken. */
    public int port() {
        throw new UnsupportedOperationException();
    }

    /**
     * Where peers find this port: UDP first, then TCP.
     *
     * @param httpHost the address by which the peer reached the HTTP server, which is offered too
     */
    public List<Candidate> candidates(Optional<InetAddress> httpHost) {
        throw new UnsupportedOperationException();
    }

    /**
     * A new link that waits for its peer.
     *
     * @param remoteFingerprint that of the peer's certificate as in its SDP; empty if it is not known yet, or never will
     *     be
     * @throws TooManyLinksException if there are as many as the settings allow
     * @throws IllegalArgumentException if the fingerprint is none, or of an unknown kind
     */
    public Link open(Optional<String> remoteFingerprint, LinkListener listener) {
        throw new UnsupportedOperationException();
    }

    /** What it has done so far. */
    public MediaTotals totals() {
        throw new UnsupportedOperationException();
    }

    /** Ends all links, and lets go of the port. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
