package dev.sightline.transport.webrtc.ice;

import dev.sightline.transport.webrtc.parameters.IceCredentials;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The ICE-lite agent for one peer (RFC 8445). It answers only checks signed with its password. For media it never chooses a
 * tuple at which the peer has not {@linkplain PathValidation proved} to be. Used on the media thread, unless stated otherwise.
 */
public final class IceAgent {
    /** The verdict on a check. */
    public enum Verdict {
        /** It is the peer's, and was answered: its tuple belongs to this agent. */
        AUTHENTIC,
        /** It is not signed with the password. */
        UNSIGNED,
        /** It came before, from elsewhere or long ago; or its tuple still belongs to another agent. */
        REPLAYED,
        /** It is the peer's, which believes that this side is controlling; it got a role conflict. */
        ROLE_CONFLICT
    }

    /** Stores what belongs to an agent, and learns what the agent no longer uses. */
    public interface Owner {
        /** A user fragment is no longer valid. Any thread. */
        void forget(String ufrag);

        /** A tuple is no longer used, and can be closed. */
        void forget(TransportTuple tuple);
    }

    private final Owner owner;
    private final IceSecrets secrets = new IceSecrets();
    private final StunReplayGuard seen = new StunReplayGuard();
    private final PathValidation validation = new PathValidation();
    private final TransportTuples tuples;
    private long checkedNanos;
    private boolean handshakeBegun;
    private boolean handshakeDone;

    /** Creates an agent with new credentials, not reached yet. */
    public IceAgent(Owner owner) {
        this.owner = owner;
        this.tuples = new TransportTuples(owner::forget);
    }

    /** The credentials in the current SDP. Any thread. */
    public IceCredentials credentials() {
        return secrets.current();
    }

    /** All valid user fragments: the SDP's and, until the peer follows a restart, the previous one. Any thread. */
    public List<String> ufrags() {
        return secrets.ufrags();
    }

    /** Sets the peer's credentials from its SDP; it signs its answers to our checks with them. Any thread. */
    public void peerIs(IceCredentials remote) {
        validation.peerIs(remote);
    }

    /** Creates new credentials; the old ones stay valid until the peer uses the new ones. Any thread. */
    public void restart() {
        secrets.restart().ifPresent(owner::forget);
    }

    /**
     * Handles a check that names this agent (RFC 8445 section 7.3).
     *
     * @param claim makes the tuple this agent's; false if it is another's
     */
    public Verdict check(
            StunRequest request, byte[] packet, int length, TransportTuple from, BooleanSupplier claim, long now) {
        Optional<StunKey> key = secrets.key(request.localUfrag());
        if (key.isEmpty() || !key.get().signed(packet, request.integrityAt())) {
            return Verdict.UNSIGNED;
        }
        if (!seen.note(request.transaction(), from.remote(), now)) {
            return Verdict.REPLAYED;
        }
        if (request.controlled()) {
            StunMessage conflict = StunMessage.roleConflict(packet, key.get());
            // It is no longer than what it answers.
            from.transmit(conflict.bytes(), conflict.length());
            return Verdict.ROLE_CONFLICT;
        }
        if (!claim.getAsBoolean()) {
            return Verdict.REPLAYED;
        }
        from.arrived(length);
        secrets.used(request.localUfrag()).ifPresent(owner::forget);
        checkedNanos = now;
        tuples.heard(from, now);
        StunMessage answer = StunMessage.success(packet, from.remote(), key.get());
        from.sendNow(answer.bytes(), answer.length());
        follow(request, from, now);
        return Verdict.AUTHENTIC;
    }

    private void follow(StunRequest request, TransportTuple tuple, long now) {
        if (!tuple.isProved() && !handshakeDone) {
            validation.greet(tuple, request.localUfrag(), now);
        }
        // The handshake proves its own path, so the tuple must not change during it either.
        if (!handshakeBegun || validation.holds(tuple, tuples.chosen())) {
            tuples.offered(tuple, request.useCandidate(), now);
        } else if (request.useCandidate()) {
            validation.ask(tuple, request.localUfrag(), now);
        }
    }

    /** Handles a possible answer to our check; false if it is none. */
    public boolean answered(byte[] packet, int length, TransportTuple tuple, long now) {
        Optional<TransportTuple.Question> answered = validation.answered(packet, length, tuple);
        if (answered.isPresent() && answered.get().nominating()) {
            tuples.offered(tuple, true, now);
        }
        return answered.isPresent();
    }

    /** The DTLS handshake begins: from now on, media follows the peer only to proven tuples. */
    public void handshakeBegins() {
        handshakeBegun = true;
    }

    /** The handshake is done, which proves its path. */
    public void handshakeDone() {
        handshakeDone = true;
        TransportTuple tuple = tuples.chosen();
        if (tuple != null) {
            validation.secured(tuple);
        }
    }

    /** The tuple for media; null before the peer comes, and after its TCP connection is lost. */
    public @Nullable TransportTuple chosen() {
        return tuples.chosen();
    }

    /**
     * Consent freshness (RFC 7675): when the peer last gave consent at the chosen tuple. Packets from elsewhere do not keep
     * media flowing there.
     */
    public long consentNanos() {
        TransportTuple tuple = tuples.chosen();
        return tuple == null ? checkedNanos : tuple.heardNanos();
    }

    /** A tuple no longer exists. */
    public void remove(TransportTuple tuple) {
        tuples.remove(tuple);
    }

    public void close() {
        tuples.close();
    }
}
