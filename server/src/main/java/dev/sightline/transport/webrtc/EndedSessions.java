package dev.sightline.transport.webrtc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.transport.webrtc.SessionStatus.Repairs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The final status of the last few sessions, for questions about why one failed, and what all of them had repaired. Safe for use by any thread. */
final class EndedSessions {
    private static final int KEPT = 32;

    @GuardedBy("this")
    private final Map<String, SessionStatus> statuses = new LinkedHashMap<>();

    @GuardedBy("this")
    private Repairs repairs = Repairs.NONE;

    synchronized void add(String id, SessionStatus status) {
        repairs = repairs.plus(status.repairs());
        if (statuses.size() >= KEPT) {
            statuses.remove(statuses.keySet().iterator().next());
        }
        statuses.put(id, status);
    }

    synchronized Optional<SessionStatus> status(String id) {
        return Optional.ofNullable(statuses.get(id));
    }

    /** Of all that have ended so far. */
    synchronized Repairs repairs() {
        return repairs;
    }

    synchronized List<SessionStatus> newestFirst() {
        List<SessionStatus> all = new ArrayList<>(statuses.values());
        Collections.reverse(all);
        return all;
    }
}
