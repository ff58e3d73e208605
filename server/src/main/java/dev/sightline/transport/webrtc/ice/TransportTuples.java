package dev.sightline.transport.webrtc.ice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The ways on which a peer has come, and the one that media takes. The media thread only. */
final class TransportTuples {
    private static final int MAX_PATHS = 8;

    /** Each is a connection, of which the process has only so many. */
    private static final int MAX_TCP_PATHS = 3;

    /** For so long a nomination of TCP does not displace one of UDP: eager peers nominate all they have. */
    private static final long UDP_FIRST_NANOS = Duration.ofSeconds(3).toNanos();

    private final List<TransportTuple> all = new ArrayList<>();
    private final Consumer<TransportTuple> letGo;
    private @Nullable TransportTuple chosen;
    private long nominatedNanos;

    /** @param letGo is given each path that there is no use for any longer */
    TransportTuples(Consumer<TransportTuple> letGo) {
        this.letGo = letGo;
    }

    @Nullable
    TransportTuple chosen() {
        return chosen;
    }

    /** An authentic check has come this way. */
    void heard(TransportTuple path, long now) {
        path.heard(now);
        if (!all.contains(path)) {
            makeRoom(path);
            all.add(path);
        }
    }

    /** Media may go this way. The first is taken as it is; later ones when the peer says so. */
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

    /** A way is there no longer. */
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
