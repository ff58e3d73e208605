package dev.sightline.transport.webrtc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the last few sessions were doing at their end: why one failed is asked for afterwards. Safe for use by any thread. */
final class EndedSessions {
    private static final int KEPT = 32;

    private final Map<String, SessionStatus> statuses = new LinkedHashMap<>();

    synchronized void add(String id, SessionStatus status) {
        if (statuses.size() >= KEPT) {
            statuses.remove(statuses.keySet().iterator().next());
        }
        statuses.put(id, status);
    }

    synchronized Optional<SessionStatus> status(String id) {
        return Optional.ofNullable(statuses.get(id));
    }

    synchronized List<SessionStatus> newestFirst() {
        List<SessionStatus> all = new ArrayList<>(statuses.values());
        Collections.reverse(all);
        return all;
    }
}
