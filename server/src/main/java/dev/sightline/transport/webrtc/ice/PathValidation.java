package dev.sightline.transport.webrtc.ice;

import dev.sightline.transport.webrtc.ice.TransportTuple.Question;
import dev.sightline.transport.webrtc.parameters.BigEndian;
import dev.sightline.transport.webrtc.parameters.IceCredentials;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Path validation (the term of RFC 9000): media follows a peer only to where the peer is. Otherwise a peer could nominate
 * anybody's address with the transport's password, and all the media would go to somebody who never asked for it.
 *
 * <p>A way is proved by the handshake that went over it, by being a TCP connection, or by the answer to a check of ours, which
 * nobody can give who has not received it (RFC 8445 section 7.3: a full agent answers). A peer whose credentials are not known, for it
 * never answered our offer, may only change its port.
 */
final class PathValidation {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** So that no address is ever sent many. */
    private static final long PAUSE_NANOS = 20_000_000;

    /** Set by any thread. */
    private volatile @Nullable Peer peer;

    /** Where the handshake went; the media thread's. */
    private @Nullable InetAddress proved;

    /** What the peer calls itself and signs its answers with, as its SDP says. Any thread. */
    void peerIs(IceCredentials credentials) {
        peer = new Peer(credentials.ufrag(), new StunKey(credentials.password()));
    }

    /** Whether media may go there instead of where it goes now. */
    boolean holds(TransportTuple path, @Nullable TransportTuple now) {
        return path == now
                || path.isProved()
                || peer == null && address(path).equals(now == null ? proved : address(now));
    }

    /** The handshake went this way. */
    void secured(TransportTuple path) {
        path.prove();
        proved = address(path);
    }

    /** Asks the peer, which has nominated this way, to prove that it is there. */
    void ask(TransportTuple path, String localUfrag, long now) {
        check(path, localUfrag, now, true);
    }

    /**
     * Asks a peer that is still coming, as a full agent would (a triggered check, RFC 8445 section 7.3.1.4): where it answers, it can
     * be sent more before the handshake is over. Pion nominates a way when such a one comes, and else not before its next tick, 200 ms
     * later.
     */
    void greet(TransportTuple path, String localUfrag, long now) {
        check(path, localUfrag, now, false);
    }

    private void check(TransportTuple path, String localUfrag, long now, boolean nominating) {
        Peer known = peer;
        if (known == null) {
            return;
        }
        Question before = path.question();
        boolean nominated = nominating || before != null && before.nominating();
        if (before != null && now - before.askedNanos() < PAUSE_NANOS) {
            path.asked(new Question(before.transaction(), before.askedNanos(), nominated));
            return;
        }
        byte[] transaction = before == null ? transaction() : before.transaction();
        path.asked(new Question(transaction, now, nominated));
        StunMessage check = StunMessage.check(transaction, known.ufrag() + ":" + localUfrag, known.key());
        path.sendNow(check.bytes(), check.length());
    }

    private static byte[] transaction() {
        byte[] transaction = new byte[Stun.TRANSACTION_BYTES];
        RANDOM.nextBytes(transaction);
        return transaction;
    }

    /** The question that this answers, if it does, and came from where that went; then the way is proved. */
    Optional<Question> answered(byte[] packet, int length, TransportTuple path) {
        Peer known = peer;
        Question question = path.question();
        if (known == null || question == null || !Stun.isMessage(packet, length) || !answers(packet, question)) {
            return Optional.empty();
        }
        OptionalInt integrity = new StunReader(packet, length).integrityAt();
        if (integrity.isEmpty() || !known.key().signed(packet, integrity.getAsInt())) {
            return Optional.empty();
        }
        path.asked(null);
        path.prove();
        return Optional.of(question);
    }

    private static boolean answers(byte[] packet, Question question) {
        int end = Stun.TRANSACTION_AT + Stun.TRANSACTION_BYTES;
        return BigEndian.u16(packet, 0) == Stun.BINDING_SUCCESS
                && Arrays.equals(packet, Stun.TRANSACTION_AT, end, question.transaction(), 0, Stun.TRANSACTION_BYTES);
    }

    private static InetAddress address(TransportTuple path) {
        return path.remote().getAddress();
    }

    private record Peer(String ufrag, StunKey key) {}
}
