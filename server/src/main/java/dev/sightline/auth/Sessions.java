package dev.sightline.auth;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The logins by cookies, in memory: a restart ends them. Each user has a bounded number, and all together; one more ends the one
 * that was not used for longest. Safe for use by any thread.
 */
final class Sessions {
    /** How many one user may have. */
    static final int MOST_OF_ONE = 32;

    /** How many may come by one share link. */
    static final int MOST_OF_SHARE = 256;

    /** How many there may be. */
    static final int MOST = 10_000;

    /** By the hash of the cookie, so that a copy of the memory opens nothing; those used longest ago first. */
    @GuardedBy("this")
    private final Map<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

    /** Adds one, by its cookie. */
    void add(String cookie, Session session) {
        List<Session> gone = new ArrayList<>();
        synchronized (this) {
            int most = session.principal().kind() == Principal.Kind.SHARE ? MOST_OF_SHARE : MOST_OF_ONE;
            List<Session> own = sessions.values().stream()
                    .filter(each -> each.principal().isSame(session.principal()))
                    .toList();
            own.stream().limit(Math.max(0, own.size() - most + 1)).forEach(gone::add);
            if (sessions.size() >= MOST) {
                sessions.values().stream().findFirst().ifPresent(gone::add);
            }
            sessions.values().removeAll(gone);
            sessions.put(Secrets.hash(cookie), session);
        }
        gone.forEach(each -> each.access().end());
    }

    /** The one of a cookie, which is thereby used. */
    Optional<Session> find(String cookie, Instant now) {
        Optional<Session> found;
        String key = Secrets.hash(cookie);
        synchronized (this) {
            found = Optional.ofNullable(sessions.get(key));
        }
        found.ifPresent(session -> session.use(now));
        return found;
    }

    /** All, the one used longest ago first. */
    synchronized List<Session> all() {
        return List.copyOf(sessions.values());
    }

    /** Ends those that match; how many there were. */
    int end(Predicate<Session> which) {
        List<Session> gone;
        synchronized (this) {
            gone = sessions.values().stream().filter(which).toList();
            sessions.values().removeAll(gone);
        }
        gone.forEach(session -> session.access().end());
        return gone.size();
    }

    /** Ends those that have lasted long enough. */
    void sweep(Instant now, Duration idle) {
        end(session -> session.isPast(now, idle));
    }
}
