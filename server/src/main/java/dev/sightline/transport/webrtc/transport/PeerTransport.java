package dev.sightline.transport.webrtc.transport;

import dev.sightline.transport.webrtc.dtls.Dtls;
import dev.sightline.transport.webrtc.dtls.PeerCertificate;
import dev.sightline.transport.webrtc.ice.IceAgent;
import dev.sightline.transport.webrtc.ice.StunRequest;
import dev.sightline.transport.webrtc.ice.TransportTuple;
import dev.sightline.transport.webrtc.parameters.Fingerprint;
import dev.sightline.transport.webrtc.parameters.IceCredentials;
import dev.sightline.transport.webrtc.parameters.SrtpKeyingMaterial;
import dev.sightline.transport.webrtc.srtp.SrtpReceiver;
import dev.sightline.transport.webrtc.srtp.SrtpSender;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A session's way to one peer.
 *
 * <pre>
 *  peer's ICE checks ──> WAITING ──> REACHED ── DTLS begins ──> SECURING ──> CONNECTED ── RTP, RTCP both ways
 *                           └───────────┴── time runs out ─────────┴── peer leaves or falls silent ──> CLOSED
 * </pre>
 *
 * It answers nobody whose check is not signed with the transport's password, and sends media nowhere but where its peer has
 * {@linkplain IceAgent shown} to be.
 */
public final class PeerTransport {
    // Fixed.
    private final PeerTransports transports;
    private final InetAddress client;
    private final TransportListener listener;
    private final PeerCertificate peer;
    private final long openedNanos;

    // Written by the media thread, read by all.
    private volatile boolean unsigned;
    private volatile TransportState state = TransportState.WAITING;
    private volatile long progressNanos;
    private volatile String why = "";
    private volatile @Nullable TransportTuple chosen;

    // The media thread's.
    private final IceAgent ice;
    private final Dtls.Owner handshake = new Handshake();
    private final Dtls dtls;
    private final SrtpTransport media;
    private boolean proved;

    PeerTransport(PeerTransports transports, InetAddress client, PeerCertificate peer, TransportListener listener) {
        this.transports = transports;
        this.client = client;
        this.peer = peer;
        this.listener = listener;
        this.openedNanos = transports.now();
        this.progressNanos = openedNanos;
        this.ice = new IceAgent(transports);
        this.media = new SrtpTransport(transports, ice, listener);
        this.dtls =
                new Dtls(transports.handshakes(), peer, transports.patience().handshake(), handshake);
    }

    /** What the SDP names now. Any thread. */
    public IceCredentials credentials() {
        return ice.credentials();
    }

    /** What the peer calls itself, and signs its answers to our checks with, as its SDP says, and at an ICE restart anew. Any thread. */
    public void peerIs(IceCredentials remote) {
        ice.peerIs(remote);
    }

    /** The peer's SDP says that it waits for us to begin the DTLS handshake. Any thread. */
    public void beginsDtls() {
        handshake.execute(dtls::beClient);
    }

    /** Gives new credentials, for an ICE restart; the old ones hold until the peer uses the new ones. Any thread. */
    public void restartIce() {
        // One after another: else a name that holds no more could be noted last, and for ever.
        synchronized (ice) {
            ice.restart();
            transports.name(credentials().ufrag(), this);
        }
    }

    /**
     * Says whom to expect, where that was not known at the start; a peer with another certificate is turned away. Any
     * thread.
     */
    public void verify(Fingerprint remote) {
        transports.admission().named(this);
        if (!peer.expect(remote)) {
            close(PeerCertificate.WRONG_FINGERPRINT);
        }
    }

    /**
     * Encrypts an RTP packet and puts it on the way; {@link #flush} sends it. Before the transport is connected, and after its
     * end, nothing happens. The media thread only.
     *
     * @param packet not changed, and free for other use after the call; a sequence number of an SSRC that is sent again
     *     must have the same bytes as before, or the encryption is worth nothing
     * @throws IllegalArgumentException if it is no RTP packet, or longer than 2,000 bytes
     */
    public void sendRtp(byte[] packet, int offset, int length) {
        media.sendRtp(packet, offset, length);
    }

    /** Encrypts a compound RTCP packet and puts it on the way, as above. The media thread only. */
    public void sendRtcp(byte[] packet, int offset, int length) {
        media.sendRtcp(packet, offset, length);
    }

    /** Sends what is on the way. Packets of equal size one after another cost least. The media thread only. */
    public void flush() {
        media.flush();
    }

    /** How far it has come. Any thread. */
    public TransportState state() {
        return state;
    }

    /** Who asked for it, as {@link dev.sightline.http.ClientAddress} has it. Any thread. */
    InetAddress client() {
        return client;
    }

    /** When its peer last got further on the way to being connected; that happens a few times at most. Any thread. */
    long progressNanos() {
        return progressNanos;
    }

    /** Whether it is known who its peer is. Any thread. */
    boolean isNamed() {
        return peer.isExpected();
    }

    private void reach(TransportState further) {
        state = further;
        progressNanos = transports.now();
    }

    /** Why it is as it is: a sentence for people, to be shown beside the state. Any thread. */
    public String explanation() {
        return switch (state) {
            case WAITING -> TransportDiagnostics.waiting(transports.port(), unsigned);
            case REACHED -> TransportDiagnostics.reached();
            case SECURING -> TransportDiagnostics.securing();
            case CONNECTED -> TransportDiagnostics.connected(chosen);
            case CLOSED -> why;
        };
    }

    /** What went over it. Any thread. */
    public TransportFigures figures() {
        return media.figures(chosen);
    }

    /** Ends it, tells the peer, and then the listener; again does nothing. Any thread. */
    public void close(String reason) {
        transports.onMediaThread(() -> end(reason));
    }

    /**
     * Runs what belongs to this transport, its owner's tasks among it: whatever that throws, even for want of memory, ends this transport, of
     * which the listener hears, and nothing else. The media thread only.
     */
    public void guarded(Runnable task) {
        if (!transports.tried(task)) {
            end(TransportDiagnostics.FAULT);
        }
    }

    /** What is held is given back though a part of that fails. */
    private void end(String reason) {
        if (state == TransportState.CLOSED) {
            return;
        }
        if (state == TransportState.CONNECTED) {
            transports.counters().connected.add(-1);
        }
        why = reason;
        state = TransportState.CLOSED;
        transports.tried(() -> transports.remove(this));
        transports.tried(media::close);
        transports.tried(dtls::close);
        transports.tried(ice::close);
        transports.tried(() -> listener.onClosed(reason));
    }

    // From here on: what comes in, on the media thread, guarded.

    IceAgent ice() {
        return ice;
    }

    /** What DTLS tells; in a test, whoever has the keys. */
    Dtls.Owner handshake() {
        return handshake;
    }

    /** An ICE check has come that names this transport; its way is the transport's, if it is authentic. */
    void check(StunRequest request, byte[] packet, int length, PeerPath path) {
        switch (ice.check(request, packet, length, path, () -> claims(path), transports.now())) {
            case UNSIGNED -> {
                transports.counters().badIntegrity.add(1);
                unsigned = true;
            }
            case REPLAYED -> transports.counters().replayedChecks.add(1);
            case ROLE_CONFLICT -> {
                // It has been told.
            }
            case AUTHENTIC -> checked(request.useCandidate(), path);
        }
    }

    private boolean claims(PeerPath path) {
        boolean claimed = transports.claim(path, this);
        if (claimed && state == TransportState.WAITING) {
            reach(TransportState.REACHED);
        }
        return claimed;
    }

    private void checked(boolean nominating, PeerPath path) {
        chosen = ice.chosen();
        if (path.isProved()) {
            proved();
        }
        if (nominating) {
            dtls.reached();
        }
    }

    /** What may be the peer's answer to a check of ours. */
    void answer(byte[] packet, int length, PeerPath path) {
        if (ice.answered(packet, length, path, transports.now())) {
            chosen = ice.chosen();
            proved();
        } else {
            transports.counters().junk.add(1);
        }
    }

    /** The peer is where it said to be. */
    private void proved() {
        if (!proved) {
            proved = true;
            listener.onProved();
        }
    }

    /** A DTLS datagram, which begins at 0. */
    void dtls(byte[] packet, int length) {
        if (!dtls.received(packet, length)) {
            transports.counters().junk.add(1);
        }
        if (state == TransportState.REACHED && dtls.started()) {
            reach(TransportState.SECURING);
        }
    }

    /** An SRTP or SRTCP packet, which begins at 0. */
    void media(byte[] packet, int length, PeerPath path) {
        media.received(packet, length, path, state == TransportState.SECURING && listener.awaitsMedia());
    }

    /** A TCP connection is gone. */
    void lost(TransportTuple path) {
        ice.remove(path);
        chosen = ice.chosen();
    }

    void dropped(int packets) {
        media.dropped(packets);
    }

    /** Looks whether the peer is still to be waited for. */
    void look(long now) {
        Timeouts patience = transports.patience();
        if (state != TransportState.CONNECTED
                && now - openedNanos > patience.connect().toNanos()) {
            end(TransportDiagnostics.late(state, transports.port(), unsigned, patience.connect()));
        } else if (state == TransportState.CONNECTED
                && now - ice.consentNanos() > patience.consent().toNanos()) {
            end(TransportDiagnostics.silent(patience.consent()));
        }
    }

    /** The keys are there: media can flow. */
    private void secured(SrtpSender out, SrtpReceiver in) {
        if (state == TransportState.CLOSED) {
            return;
        }
        ice.handshakeDone();
        media.secured(out, in);
        state = TransportState.CONNECTED;
        transports.shaken(this);
        transports.admission().connected(this);
        transports.counters().connected.add(1);
        proved();
        listener.onConnected();
        media.releaseEarly();
    }

    /** What DTLS tells. */
    private final class Handshake implements Dtls.Owner {
        @Override
        public void execute(Runnable task) {
            transports.onMediaThread(() -> guarded(task));
        }

        @Override
        public void send(byte[] datagram) {
            TransportTuple path = ice.chosen();
            if (path != null) {
                path.sendNow(datagram, datagram.length);
            }
        }

        @Override
        public void onBegun() {
            ice.handshakeBegins();
            transports.shakes(PeerTransport.this);
        }

        @Override
        public Runnable onKeys(SrtpKeyingMaterial keys) throws GeneralSecurityException {
            SrtpSender out = new SrtpSender(keys);
            SrtpReceiver in = new SrtpReceiver(keys);
            return () -> secured(out, in);
        }

        @Override
        public void onFailed(String reason) {
            Duration patience = transports.patience().handshake();
            end(TransportDiagnostics.dtlsFailed(reason, transports.port(), patience));
        }

        @Override
        public void onPeerLeft() {
            end(TransportDiagnostics.PEER_LEFT);
        }
    }
}
