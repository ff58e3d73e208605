package dev.sightline.transport.webrtc.link;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session's way to one peer.
 *
 * <pre>
 *  peer's ICE checks ──> WAITING ──> REACHED ── DTLS begins ──> SECURING ──> CONNECTED ── RTP, RTCP both ways
 *                           └───────────┴── time runs out ─────────┴── peer leaves or falls silent ──> CLOSED
 * </pre>
 *
 * It answers nobody whose check is not signed with the link's password, and sends media nowhere but where its peer has
 * {@linkplain PathValidation proved} to be.
 */
public final class Link {
    // Fixed.
    private final Links links;
    private final InetAddress client;
    private final LinkListener listener;
    private final PeerCertificate peer;
    private final IceSecrets secrets = new IceSecrets();
    private final long openedNanos;

    // Written by the media thread, read by all.
    private final SingleWriterCounter packetsSent = new SingleWriterCounter();
    private final SingleWriterCounter bytesSent = new SingleWriterCounter();
    private final SingleWriterCounter packetsReceived = new SingleWriterCounter();
    private final SingleWriterCounter bytesReceived = new SingleWriterCounter();
    private final SingleWriterCounter dropped = new SingleWriterCounter();
    private final SingleWriterCounter forged = new SingleWriterCounter();
    private final SingleWriterCounter replayed = new SingleWriterCounter();
    private final SingleWriterCounter unsigned = new SingleWriterCounter();
    private volatile LinkState state = LinkState.WAITING;
    private volatile long progressNanos;
    private volatile String why = "";
    private volatile Remote remote = Remote.NONE;

    // The media thread's.
    private final StunReplayGuard seen = new StunReplayGuard();
    private final LinkPaths paths;
    private final PathValidation proof = new PathValidation();
    private final Dtls dtls;
    private final EarlyMedia early;
    private long checkedNanos;
    private boolean proved;
    private @Nullable SrtpSender sender;
    private @Nullable SrtpReceiver receiver;

    Link(Links links, InetAddress client, PeerCertificate peer, LinkListener listener) {
        this.links = links;
        this.client = client;
        this.peer = peer;
        this.listener = listener;
        this.openedNanos = links.now();
        this.progressNanos = openedNanos;
        this.paths = new LinkPaths(links::forget);
        this.early = new EarlyMedia(links.earlyMedia());
        this.dtls = new Dtls(
                links.handshakes(),
                peer,
                links.patience().handshake(),
                this::run,
                this::sendDtls,
                new Progress(),
                links.counters());
    }

    /** The user fragment that the SDP names now. Any thread. */
    public String ufrag() {
        return secrets.current().ufrag();
    }

    /** The password that the SDP names now. Any thread. */
    public String password() {
        return secrets.current().password();
    }

    /** What the peer calls itself, and signs its answers to our checks with, as its SDP says, and at an ICE restart anew. Any thread. */
    public void peerIs(String remoteUfrag, String remotePassword) {
        proof.peerIs(remoteUfrag, remotePassword);
    }

    /** The peer's SDP says that it waits for us to begin the DTLS handshake. Any thread. */
    public void beginsDtls() {
        run(dtls::beClient);
    }

    /** Gives new credentials, for an ICE restart; the old ones hold until the peer uses the new ones. Any thread. */
    public void restartIce() {
        // One after another: else a name that holds no more could be noted last, and for ever.
        synchronized (secrets) {
            secrets.restart().ifPresent(links::forget);
            links.name(ufrag(), this);
        }
    }

    /**
     * Says whom to expect, where that was not known at the start; a peer with another certificate is turned away. Any
     * thread.
     *
     * @param remoteFingerprint as in the peer's SDP
     * @throws IllegalArgumentException if it is no fingerprint, or of an unknown kind
     */
    public void verify(String remoteFingerprint) {
        links.admission().named(this);
        if (!peer.expect(Fingerprint.parse(remoteFingerprint))) {
            close(LinkDiagnostics.WRONG_FINGERPRINT);
        }
    }

    /**
     * Encrypts an RTP packet and puts it on the way; {@link #flush} sends it. Before the link is connected, and after its
     * end, nothing happens. The media thread only.
     *
     * @param packet not changed, and free for other use after the call; a sequence number of an SSRC that is sent again
     *     must have the same bytes as before, or the encryption is worth nothing
     * @throws IllegalArgumentException if it is no RTP packet, or longer than 2,000 bytes
     */
    public void sendRtp(byte[] packet, int offset, int length) {
        if (sender != null) {
            byte[] sealed = links.outgoing();
            put(sealed, sender.rtp(packet, offset, length, sealed));
        }
    }

    /** Encrypts a compound RTCP packet and puts it on the way, as above. The media thread only. */
    public void sendRtcp(byte[] packet, int offset, int length) {
        if (sender != null) {
            byte[] sealed = links.outgoing();
            put(sealed, sender.rtcp(packet, offset, length, sealed));
        }
    }

    private void put(byte[] sealed, int length) {
        TransportTuple path = paths.chosen();
        if (path == null) {
            dropped.add(1);
            return;
        }
        packetsSent.add(1);
        bytesSent.add(length);
        path.put(sealed, length);
    }

    /** Sends what is on the way. Packets of equal size one after another cost least. The media thread only. */
    public void flush() {
        TransportTuple path = paths.chosen();
        if (path != null) {
            path.flush();
        }
    }

    /** How far it has come. Any thread. */
    public LinkState state() {
        return state;
    }

    /** Who asked for it, as {@link dev.sightline.http.limits.ClientAddress} has it. Any thread. */
    InetAddress client() {
        return client;
    }

    /** When its peer last got further on the way to being connected; that happens a few times at most. Any thread. */
    long progressNanos() {
        return progressNanos;
    }

    /** No links yet. */
    static Crowd<Link> crowd() {
        return new Crowd<>(Link::client, Link::progressNanos);
    }

    /** Whether it is known who its peer is. Any thread. */
    boolean isNamed() {
        return peer.isExpected();
    }

    private void reach(LinkState further) {
        state = further;
        progressNanos = links.now();
    }

    /** Why it is as it is: a sentence for people, to be shown beside the state. Any thread. */
    public String explanation() {
        return switch (state) {
            case WAITING -> LinkDiagnostics.waiting(links.port(), unsigned.value() > 0);
            case REACHED -> LinkDiagnostics.reached();
            case SECURING -> LinkDiagnostics.securing();
            case CONNECTED -> remote.explanation();
            case CLOSED -> why;
        };
    }

    /** What went over it. Any thread. */
    public LinkFigures figures() {
        Remote now = remote;
        return new LinkFigures(
                now.address,
                now.tcp,
                packetsSent.value(),
                bytesSent.value(),
                packetsReceived.value(),
                bytesReceived.value(),
                dropped.value(),
                forged.value(),
                replayed.value());
    }

    /** Ends it, tells the peer, and then the listener; again does nothing. Any thread. */
    public void close(String reason) {
        links.onMediaThread(() -> end(reason));
    }

    /**
     * Runs what belongs to this link, its owner's tasks among it: whatever that throws, even for want of memory, ends this link, of
     * which the listener hears, and nothing else. The media thread only.
     */
    public void guarded(Runnable task) {
        if (!links.tried(task)) {
            end(LinkDiagnostics.FAULT);
        }
    }

    /** Runs it {@linkplain #guarded guarded}. Any thread. */
    private void run(Runnable task) {
        links.onMediaThread(() -> guarded(task));
    }

    /** What is held is given back though a part of that fails. */
    private void end(String reason) {
        if (state == LinkState.CLOSED) {
            return;
        }
        if (state == LinkState.CONNECTED) {
            links.counters().connected.add(-1);
        }
        why = reason;
        state = LinkState.CLOSED;
        sender = null;
        receiver = null;
        links.tried(() -> links.remove(this));
        links.tried(() ->
                early.release((packet, length, path) -> links.counters().junk.add(1)));
        links.tried(dtls::close);
        links.tried(paths::close);
        links.tried(() -> listener.onClosed(reason));
    }

    // From here on: what comes in, on the media thread, guarded.

    IceSecrets secrets() {
        return secrets;
    }

    /**
     * An ICE check has come that names this link (RFC 8445 section 7.3). It is answered, and its way is the link's, if it
     * is authentic.
     */
    void check(StunRequest request, byte[] packet, int length, TransportTuple path) {
        Optional<StunKey> key = secrets.key(request.localUfrag());
        if (key.isEmpty() || !key.get().signed(packet, request.integrityAt())) {
            links.counters().badIntegrity.add(1);
            unsigned.add(1);
            return;
        }
        if (!seen.note(request.transaction(), path.remote(), links.now())) {
            links.counters().replayedChecks.add(1);
            return;
        }
        if (request.controlled()) {
            StunMessage conflict = StunMessage.roleConflict(packet, key.get());
            // It is as long as what it answers.
            path.transmit(conflict.bytes(), conflict.length());
            return;
        }
        if (!links.claim(path, this)) {
            links.counters().replayedChecks.add(1);
            return;
        }
        path.arrived(length);
        secrets.used(request.localUfrag()).ifPresent(links::forget);
        checkedNanos = links.now();
        paths.heard(path, checkedNanos);
        if (state == LinkState.WAITING) {
            reach(LinkState.REACHED);
        }
        StunMessage answer = StunMessage.success(packet, path.remote(), key.get());
        path.sendNow(answer.bytes(), answer.length());
        if (path.isProved()) {
            proved();
        } else if (state != LinkState.CONNECTED) {
            proof.greet(path, request.localUfrag(), checkedNanos);
        }
        follow(request, path);
    }

    private void follow(StunRequest request, TransportTuple path) {
        // The handshake proves the one way that it went, so that must not change under it either.
        if (!dtls.started() || proof.holds(path, paths.chosen())) {
            paths.offered(path, request.useCandidate(), checkedNanos);
            remote = Remote.of(paths.chosen());
            if (request.useCandidate()) {
                dtls.reached();
            }
        } else if (request.useCandidate()) {
            proof.ask(path, request.localUfrag(), checkedNanos);
        }
    }

    /** What may be the peer's answer to a check of ours. */
    void answer(byte[] packet, int length, TransportTuple path) {
        Optional<TransportTuple.Question> answered = proof.answered(packet, length, path);
        if (answered.isEmpty()) {
            links.counters().junk.add(1);
            return;
        }
        proved();
        if (answered.get().nominating()) {
            paths.offered(path, true, links.now());
            remote = Remote.of(paths.chosen());
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
        dtls.received(packet, length);
        if (state == LinkState.REACHED && dtls.started()) {
            reach(LinkState.SECURING);
        }
    }

    /**
     * An SRTP or SRTCP packet, which begins at 0. An authentic one that has not come before gives consent as a check does: libnice
     * and Pion send no checks while media flows.
     */
    void media(byte[] packet, int length, TransportTuple path) {
        if (receiver == null) {
            boolean awaited = state == LinkState.SECURING && listener.awaitsMedia();
            if (!awaited || !early.keep(packet, length, path)) {
                links.counters().junk.add(1);
            }
            return;
        }
        boolean rtcp = Rtp.isRtcp(packet[1]);
        int opened = rtcp ? receiver.rtcp(packet, length) : receiver.rtp(packet, length);
        if (opened < 0) {
            refuse(opened);
            return;
        }
        path.heard(links.now());
        packetsReceived.add(1);
        bytesReceived.add(length);
        if (rtcp) {
            listener.onRtcp(packet, 0, opened);
        } else {
            listener.onRtp(packet, 0, opened);
        }
    }

    private void refuse(int why) {
        boolean again = why == SrtpReceiver.REPLAYED;
        (again ? links.counters().replayed : links.counters().forged).add(1);
        (again ? replayed : forged).add(1);
    }

    /** A TCP connection is gone. */
    void lost(TransportTuple path) {
        paths.remove(path);
        remote = Remote.of(paths.chosen());
    }

    void dropped(int packets) {
        dropped.add(packets);
    }

    /** Looks whether the peer is still to be waited for. */
    void look(long now) {
        Timeouts patience = links.patience();
        if (state != LinkState.CONNECTED
                && now - openedNanos > patience.connect().toNanos()) {
            end(late(patience));
        } else if (state == LinkState.CONNECTED
                && now - consentNanos() > patience.consent().toNanos()) {
            end(LinkDiagnostics.silent(patience.consent()));
        }
    }

    /** Consent is given for one way (RFC 7675): what comes from elsewhere does not keep media going where it goes. */
    private long consentNanos() {
        TransportTuple path = paths.chosen();
        return path == null ? checkedNanos : path.heardNanos();
    }

    private String late(Timeouts patience) {
        return switch (state) {
            case WAITING -> LinkDiagnostics.neverCame(links.port(), unsigned.value() > 0, patience.connect());
            case REACHED -> LinkDiagnostics.noDtls(links.port(), patience.connect());
            default -> LinkDiagnostics.dtlsUnfinished(links.port(), patience.connect());
        };
    }

    private void sendDtls(byte[] datagram) {
        TransportTuple path = paths.chosen();
        if (path != null) {
            path.sendNow(datagram, datagram.length);
        }
    }

    /** What DTLS tells. */
    private final class Progress implements Dtls.Owner {
        @Override
        public void onBegun() {
            links.shakes(Link.this);
        }

        @Override
        public void onSecured(SrtpSender out, SrtpReceiver in) {
            if (state == LinkState.CLOSED) {
                return;
            }
            TransportTuple path = paths.chosen();
            if (path != null) {
                proof.secured(path);
            }
            sender = out;
            receiver = in;
            state = LinkState.CONNECTED;
            links.shaken(Link.this);
            links.admission().connected(Link.this);
            links.counters().connected.add(1);
            proved();
            listener.onConnected();
            early.release(Link.this::media);
        }

        @Override
        public void onFailed(String reason) {
            end(
                    reason.isEmpty()
                            ? LinkDiagnostics.dtlsUnfinished(
                                    links.port(), links.patience().handshake())
                            : LinkDiagnostics.dtlsFailed(reason));
        }

        @Override
        public void onPeerLeft() {
            end(LinkDiagnostics.PEER_LEFT);
        }
    }

    /** Where the peer is. */
    private record Remote(Optional<InetSocketAddress> address, boolean tcp) {
        private static final Remote NONE = new Remote(Optional.empty(), false);

        private static Remote of(@Nullable TransportTuple path) {
            return path == null ? NONE : new Remote(Optional.of(path.remote()), path.tcp());
        }

        private String explanation() {
            return address.map(there -> LinkDiagnostics.connected(there, tcp))
                    .orElse("connected, and its TCP connection is lost");
        }
    }
}
