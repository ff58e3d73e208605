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
 * A session's transport to one peer.
 *
 * <pre>
 *  peer's ICE checks ──> WAITING ──> REACHED ── DTLS begins ──> SECURING ──> CONNECTED ── RTP, RTCP both ways
 *                           └───────────┴── time runs out ─────────┴── peer leaves or falls silent ──> CLOSED
 * </pre>
 *
 * It answers only checks signed with the transport's password, and sends media only where its peer has {@linkplain IceAgent
 * proved} to be.
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

    // Used on the media thread.
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

    /** The credentials in the current SDP. Any thread. */
    public IceCredentials credentials() {
        return ice.credentials();
    }

    /**
     * Sets the peer's credentials from its SDP, again at an ICE restart; it signs its answers to our checks with them. Any
     * thread.
     */
    public void peerIs(IceCredentials remote) {
        ice.peerIs(remote);
    }

    /** The peer's SDP says that we begin the DTLS handshake. Any thread. */
    public void beginsDtls() {
        handshake.execute(dtls::beClient);
    }

    /** Creates new credentials for an ICE restart; the old ones stay valid until the peer uses the new ones. Any thread. */
    public void restartIce() {
        // One at a time: otherwise an invalid name could be stored last, and for ever.
        synchronized (ice) {
            ice.restart();
            transports.name(credentials().ufrag(), this);
        }
    }

    /** Sets the expected fingerprint, if it was unknown at the start; a peer with another certificate is refused. Any thread. */
    public void verify(Fingerprint remote) {
        transports.admission().named(this);
        if (!peer.expect(remote)) {
            close(PeerCertificate.WRONG_FINGERPRINT);
        }
    }

    /**
     * Encrypts an RTP packet and queues it; {@link #flush} sends it. Before the transport is connected, and after its end,
     * nothing happens. Used on the media thread.
     *
     * @param packet not changed, and reusable after the call; a repeated sequence number of an SSRC must have the same bytes as
     *     before, or the encryption is worthless
     * @throws IllegalArgumentException if it is not an RTP packet, or longer than 2,000 bytes
     */
    public void sendRtp(byte[] packet, int offset, int length) {
        media.sendRtp(packet, offset, length);
    }

    /** Encrypts a compound RTCP packet and queues it, as above. Used on the media thread. */
    public void sendRtcp(byte[] packet, int offset, int length) {
        media.sendRtcp(packet, offset, length);
    }

    /** Sends the queued packets. Consecutive packets of equal size cost least. Used on the media thread. */
    public void flush() {
        media.flush();
    }

    /** The state. Any thread. */
    public TransportState state() {
        return state;
    }

    /** The client that asked for it, as in {@link dev.sightline.http.limits.ClientAddress}. Any thread. */
    InetAddress client() {
        return client;
    }

    /** When its peer last made progress towards being connected, which happens a few times at most. Any thread. */
    long progressNanos() {
        return progressNanos;
    }

    /** Whether its peer's fingerprint is known. Any thread. */
    boolean isNamed() {
        return peer.isExpected();
    }

    private void reach(TransportState further) {
        state = further;
        progressNanos = transports.now();
    }

    /** Explains the state in a sentence for people. Any thread. */
    public String explanation() {
        TransportState now = state;
        return now == TransportState.CLOSED ? why : TransportDiagnostics.open(now, transports.port(), unsigned, chosen);
    }

    /** What it has carried. Any thread. */
    public TransportFigures figures() {
        return media.figures(chosen);
    }

    /** Ends it, informs the peer, and then the listener; idempotent. Any thread. */
    public void close(String reason) {
        transports.onMediaThread(() -> end(reason));
    }

    /**
     * Runs a task of this transport or its owner. Any exception, even for lack of memory, ends only this transport, and the
     * listener learns of it. Used on the media thread.
     */
    public void guarded(Runnable task) {
        if (!transports.tried(task)) {
            end(TransportDiagnostics.FAULT);
        }
    }

    /** Frees every resource, even if freeing one fails. */
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

    // From here on: incoming events, on the media thread, guarded.

    IceAgent ice() {
        return ice;
    }

    /** The receiver of DTLS events; in a test, of keys. */
    Dtls.Owner handshake() {
        return handshake;
    }

    /** An ICE check has come that names this transport; if it is authentic, its path becomes the transport's. */
    void check(StunRequest request, byte[] packet, int length, PeerPath path) {
        switch (ice.check(request, packet, length, path, () -> claims(path), transports.now())) {
            case UNSIGNED -> {
                transports.counters().badIntegrity.add(1);
                unsigned = true;
            }
            case REPLAYED -> transports.counters().replayedChecks.add(1);
            case ROLE_CONFLICT -> {} // it has been told
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

    /** A possible answer to our check. */
    void answer(byte[] packet, int length, PeerPath path) {
        if (ice.answered(packet, length, path, transports.now())) {
            chosen = ice.chosen();
            proved();
        } else {
            transports.counters().junk.add(1);
        }
    }

    /** The peer has proved its address. */
    private void proved() {
        if (!proved) {
            proved = true;
            listener.onProved();
        }
    }

    /** Handles a DTLS datagram, which begins at index 0. */
    void dtls(byte[] packet, int length) {
        if (!dtls.received(packet, length)) {
            transports.counters().junk.add(1);
        }
        if (state == TransportState.REACHED && dtls.started()) {
            reach(TransportState.SECURING);
        }
    }

    /** Handles an SRTP or SRTCP packet, which begins at index 0. */
    void media(byte[] packet, int length, PeerPath path) {
        media.received(packet, length, path, state == TransportState.SECURING && listener.awaitsMedia());
    }

    /** A TCP connection is lost. */
    void lost(TransportTuple path) {
        ice.remove(path);
        chosen = ice.chosen();
    }

    void dropped(int packets) {
        media.dropped(packets);
    }

    /** Checks whether waiting for the peer is still worthwhile. */
    void look(long now) {
        Timeouts patience = transports.patience();
        if (state != TransportState.CONNECTED
                && now - openedNanos > patience.connect().toNanos()) {
            transports.counters().timedOutConnecting.add(1);
            end(TransportDiagnostics.late(state, transports.port(), unsigned, patience.connect()));
        } else if (state == TransportState.CONNECTED
                && now - ice.consentNanos() > patience.consent().toNanos()) {
            transports.counters().timedOutSilent.add(1);
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

    /** Handles DTLS events. */
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
