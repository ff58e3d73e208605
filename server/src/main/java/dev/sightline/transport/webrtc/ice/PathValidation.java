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
 * Path validation (the term of RFC 9000): media follows a peer only to where the peer is. Otherwise a peer with the transport's
 * password could nominate any address, and direct all media to a victim that never asked for it.
 *
 * <p>A path is proved by the handshake that used it, by being a TCP connection, or by the answer to our check, which only its
 * receiver can give (RFC 8445 section 7.3: a full agent answers). A peer without known credentials, because it never answered
 * our offer, may only change its port.
 */
final class PathValidation {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The pause between checks, so that no address gets many. */
    private static final long PAUSE_NANOS = 20_000_000;

    /** Set by any thread. */
    private volatile @Nullable Peer peer;

    /** Where the handshake went; used on the media thread. */
    private @Nullable InetAddress proved;

    /** Sets the peer's credentials from its SDP; it signs its answers with them. Any thread. */
    void peerIs(IceCredentials credentials) {
        peer = new Peer(credentials.ufrag(), new StunKey(credentials.password()));
    }

    /** Whether media may go to this path instead of the current one. */
    boolean holds(TransportTuple path, @Nullable TransportTuple now) {
        return path == now
                || path.isProved()
                || peer == null && address(path).equals(now == null ? proved : address(now));
    }

    /** The handshake used this path. */
    void secured(TransportTuple path) {
        path.prove();
        proved = address(path);
    }

    /** Checks whether the peer is at this path, which it has nominated. */
    void ask(TransportTuple path, String localUfrag, long now) {
        check(path, localUfrag, now, true);
    }

    /**
     * Sends a triggered check to a peer that is still connecting, as a full agent would (RFC 8445 section 7.3.1.4). If it
     * answers, it may get more data before the handshake is done. Pion nominates a path when such a check comes, otherwise only
     * at its next tick, 200 ms later.
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

    /** The question that this message answers, if it came from where that went; then the path is proved. */
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
