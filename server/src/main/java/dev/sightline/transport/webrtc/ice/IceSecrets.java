package dev.sightline.transport.webrtc.ice;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.transport.webrtc.parameters.IceCredentials;
import java.util.List;
import java.util.Optional;

/**
 * The credentials of one transport: those in its SDP and, after an ICE restart until the peer uses them, the previous ones.
 * Safe for use by any thread, except for the keys it returns, which belong to the media thread.
 */
final class IceSecrets {
    @GuardedBy("this")
    private Secret current = Secret.random();

    @GuardedBy("this")
    private Optional<Secret> before = Optional.empty();

    synchronized IceCredentials current() {
        return current.credentials;
    }

    /**
     * Creates new credentials; returns the user fragment that became invalid, if any: of a restart that the peer did not
     * follow.
     */
    synchronized Optional<String> restart() {
        Secret old = current;
        current = Secret.random();
        if (before.isEmpty()) {
            before = Optional.of(old);
            return Optional.empty();
        }
        return Optional.of(old.credentials.ufrag());
    }

    /** The key of a user fragment, while it is valid. */
    synchronized Optional<StunKey> key(String ufrag) {
        if (current.has(ufrag)) {
            return Optional.of(current.key);
        }
        return before.filter(secret -> secret.has(ufrag)).map(Secret::key);
    }

    /** The peer used this user fragment; returns the one that became invalid, if any. */
    synchronized Optional<String> used(String ufrag) {
        if (before.isEmpty() || !current.has(ufrag)) {
            return Optional.empty();
        }
        Optional<String> old = before.map(secret -> secret.credentials.ufrag());
        before = Optional.empty();
        return old;
    }

    /** All valid user fragments. */
    synchronized List<String> ufrags() {
        String now = current.credentials.ufrag();
        return before.map(secret -> List.of(now, secret.credentials.ufrag())).orElse(List.of(now));
    }

    private record Secret(IceCredentials credentials, StunKey key) {
        private static Secret random() {
            IceCredentials made = IceCredentials.random();
            return new Secret(made, new StunKey(made.password()));
        }

        private boolean has(String ufrag) {
            return credentials.ufrag().equals(ufrag);
        }
    }
}
