package dev.sightline.transport.webrtc.ice;

import dev.sightline.transport.webrtc.parameters.IceCredentials;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The ICE-lite agent for one peer (RFC 8445). It answers nobody whose check is not signed with its password, and chooses a tuple for
 * media that is never one where the peer has not {@linkplain PathValidation shown} to be. The media thread only, but for what is said
 * otherwise.
 */
public final class IceAgent {
    /** What a check is worth. */
    public enum Verdict {
        /** The peer's, and answered: its tuple is the agent's. */
        AUTHENTIC,
        /** Not signed with the password. */
        UNSIGNED,
        /** It has come before, from elsewhere or long ago; or its tuple is still another's. */
        REPLAYED,
        /** The peer's, which believes that this side is in control; it has been told otherwise. */
        ROLE_CONFLICT
    }

    /** Who keeps what belongs to an agent, and hears what it has no use for any longer. */
    public interface Owner {
        /** A user fragment that holds no more. Any thread. */
        void forget(String ufrag);

        /** A tuple, to be closed. */
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

    /** An agent with new credentials, that nobody has reached. */
    public IceAgent(Owner owner) {
        this.owner = owner;
        this.tuples = new TransportTuples(owner::forget);
    }

    /** What the SDP names now. Any thread. */
    public IceCredentials credentials() {
        return secrets.current();
    }

    /** All user fragments that hold: those of the SDP and, until the peer follows a restart, those before. Any thread. */
    public List<String> ufrags() {
        return secrets.ufrags();
    }

    /** What the peer calls itself, and signs its answers to our checks with, as its SDP says. Any thread. */
    public void peerIs(IceCredentials remote) {
        validation.peerIs(remote);
    }

    /** Makes new credentials; the old ones hold until the peer uses the new ones. Any thread. */
    public void restart() {
        secrets.restart().ifPresent(owner::forget);
    }

    /**
     * Takes a check that names this agent (RFC 8445 section 7.3).
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
            // It is as long as what it answers.
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
        // The handshake proves the one way that it went, so that must not change under it either.
        if (!handshakeBegun || validation.holds(tuple, tuples.chosen())) {
            tuples.offered(tuple, request.useCandidate(), now);
        } else if (request.useCandidate()) {
            validation.ask(tuple, request.localUfrag(), now);
        }
    }

    /** Takes what may be the peer's answer to a check of ours; false if it is not. */
    public boolean answered(byte[] packet, int length, TransportTuple tuple, long now) {
        Optional<TransportTuple.Question> answered = validation.answered(packet, length, tuple);
        if (answered.isPresent() && answered.get().nominating()) {
            tuples.offered(tuple, true, now);
        }
        return answered.isPresent();
    }

    /** The DTLS handshake begins: from now on, media does not follow the peer to where it has not shown to be. */
    public void handshakeBegins() {
        handshakeBegun = true;
    }

    /** The handshake is done, which proves the way that it went. */
    public void handshakeDone() {
        handshakeDone = true;
        TransportTuple tuple = tuples.chosen();
        if (tuple != null) {
            validation.secured(tuple);
        }
    }

    /** Where media goes; null before the peer comes, and after its TCP connection is lost. */
    public @Nullable TransportTuple chosen() {
        return tuples.chosen();
    }

    /**
     * When the peer last gave consent (RFC 7675), for where media goes: what comes from elsewhere does not keep media going where it
     * goes.
     */
    public long consentNanos() {
        TransportTuple tuple = tuples.chosen();
        return tuple == null ? checkedNanos : tuple.heardNanos();
    }

    /** A tuple is there no longer. */
    public void remove(TransportTuple tuple) {
        tuples.remove(tuple);
    }

    /** Lets go of all tuples. */
    public void close() {
        tuples.close();
    }
}
