package dev.sightline.transport.webrtc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The offers of ours that may still be answered. Each offer's section has its own name, which the answer repeats (RFC 8829
 * section 5.3.1), so the answer itself identifies its session. The newest offers are stored, up to a limit. Safe for use by any
 * thread.
 */
final class Invitations {
    /** How many offers may wait for an answer. */
    static final int MOST = 64;

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 12;

    private final SecureRandom random = new SecureRandom();

    @GuardedBy("this")
    private final Map<String, Invitation> waiting = new LinkedHashMap<>();

    /** An unguessable name for the next offer's section. */
    String mid() {
        return random.ints(LENGTH, 0, LETTERS.length())
                .collect(StringBuilder::new, (name, index) -> name.append(LETTERS.charAt(index)), StringBuilder::append)
                .toString();
    }

    /** An offer was sent. */
    synchronized void sent(String mid, String stream, String id) {
        if (waiting.size() >= MOST) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        waiting.put(mid, new Invitation(stream, id));
    }

    /** The session whose offer is answered; an offer is answered only once. */
    synchronized Optional<String> answered(String mid, String stream) {
        Invitation invitation = waiting.get(mid);
        if (invitation == null || !invitation.stream().equals(stream)) {
            return Optional.empty();
        }
        waiting.remove(mid);
        return Optional.of(invitation.id());
    }

    private record Invitation(String stream, String id) {}
}
