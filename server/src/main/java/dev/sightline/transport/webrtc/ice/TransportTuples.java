package dev.sightline.transport.webrtc.ice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The paths on which a peer has come, and the one for media. Used on the media thread. */
final class TransportTuples {
    private static final int MAX_PATHS = 8;

    /** Each is a connection, which the process has only so many of. */
    private static final int MAX_TCP_PATHS = 3;

    /** For this long a TCP nomination does not replace a UDP one: eager peers nominate everything they have. */
    private static final long UDP_FIRST_NANOS = Duration.ofSeconds(3).toNanos();

    private final List<TransportTuple> all = new ArrayList<>();
    private final Consumer<TransportTuple> letGo;
    private @Nullable TransportTuple chosen;
    private long nominatedNanos;

    /** @param letGo gets each path that is no longer needed */
    TransportTuples(Consumer<TransportTuple> letGo) {
        this.letGo = letGo;
    }

    @Nullable
    TransportTuple chosen() {
        return chosen;
    }

    /** An authentic check has come on this path. */
    void heard(TransportTuple path, long now) {
        path.heard(now);
        if (!all.contains(path)) {
            makeRoom(path);
            all.add(path);
        }
    }

    /** Media may use this path. The first is taken as it is; later ones when the peer nominates them. */
    void offered(TransportTuple path, boolean nominated, long now) {
        if (chosen == null || nominated && !udpFirst(path, chosen, now)) {
            choose(path, now);
        } else if (nominated && path == chosen) {
            nominatedNanos = now;
        }
    }

    private boolean udpFirst(TransportTuple path, TransportTuple before, long now) {
        return path.tcp() && !before.tcp() && now - nominatedNanos < UDP_FIRST_NANOS;
    }

    private void choose(TransportTuple path, long now) {
        nominatedNanos = now;
        if (chosen != path) {
            if (chosen != null) {
                chosen.flush();
            }
            chosen = path;
        }
    }

    private void makeRoom(TransportTuple newcomer) {
        boolean crowded =
                newcomer.tcp() && all.stream().filter(TransportTuple::tcp).count() >= MAX_TCP_PATHS;
        if (!crowded && all.size() < MAX_PATHS) {
            return;
        }
        TransportTuple oldest = null;
        for (TransportTuple each : all) {
            if (each != chosen
                    && (!crowded || each.tcp())
                    && (oldest == null || each.heardNanos() - oldest.heardNanos() < 0)) {
                oldest = each;
            }
        }
        if (oldest != null) {
            remove(oldest);
        }
    }

    /** A path no longer exists. */
    void remove(TransportTuple path) {
        all.remove(path);
        if (chosen == path) {
            chosen = null;
        }
        letGo.accept(path);
    }

    void close() {
        chosen = null;
        all.forEach(letGo);
        all.clear();
    }
}
