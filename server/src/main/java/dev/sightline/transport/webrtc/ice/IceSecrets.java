package dev.sightline.transport.webrtc.ice;

import dev.sightline.transport.webrtc.parameters.IceCredentials;
import java.util.List;
import java.util.Optional;

/**
 * The credentials of one transport: those that its SDP names, and after an ICE restart, until the peer uses the new ones,
 * those before. Safe for use by any thread, but for the keys that it gives, which are the media thread's.
 */
final class IceSecrets {
    private Secret current = Secret.random();
    private Optional<Secret> before = Optional.empty();

    synchronized IceCredentials current() {
        return current.credentials;
    }

    /** Makes new ones; gives the user fragment that holds no more, if there is one: of a restart that nobody followed. */
    synchronized Optional<String> restart() {
        Secret old = current;
        current = Secret.random();
        if (before.isEmpty()) {
            before = Optional.of(old);
            return Optional.empty();
        }
        return Optional.of(old.credentials.ufrag());
    }

    /** The key that belongs to a user fragment, while it holds. */
    synchronized Optional<StunKey> key(String ufrag) {
        if (current.has(ufrag)) {
            return Optional.of(current.key);
        }
        return before.filter(secret -> secret.has(ufrag)).map(Secret::key);
    }

    /** The peer has used this one; gives the user fragment that holds no more, if there is one. */
    synchronized Optional<String> used(String ufrag) {
        if (before.isEmpty() || !current.has(ufrag)) {
            return Optional.empty();
        }
        Optional<String> old = before.map(secret -> secret.credentials.ufrag());
        before = Optional.empty();
        return old;
    }

    /** All user fragments that hold. */
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
