package dev.sightline.transport.webrtc;

import dev.sightline.codec.Rendition;
import dev.sightline.stream.LiveStream;
import dev.sightline.transport.webrtc.rtp.RtpFeed;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The feeds in use, one for each rendition of a stream: it begins with the first viewer and ends with the last. Used on the
 * media thread, except for {@link #statuses} and {@link #outlook}.
 */
final class Feeds {
    private final Map<Key, Shared> feeds = new ConcurrentHashMap<>();
    private final Map<LiveStream, LadderConditions> outlooks = new WeakHashMap<>();
    private final int capOf720;

    /** @param capOf720 as {@link LadderConditions} takes it */
    Feeds(int capOf720) {
        this.capOf720 = capOf720;
    }

    /** Adds a viewer to the feed of a rendition. */
    RtpFeed join(LiveStream stream, Rendition.Video rendition) {
        Shared shared = feeds.computeIfAbsent(new Key(stream, rendition), key -> new Shared(new RtpFeed(rendition)));
        shared.viewers++;
        return shared.feed;
    }

    void leave(LiveStream stream, Rendition.Video rendition) {
        feeds.computeIfPresent(new Key(stream, rendition), (key, shared) -> --shared.viewers == 0 ? null : shared);
    }

    /** The renditions of a stream that have viewers. */
    List<Rendition.Video> watched(LiveStream stream) {
        return feeds.keySet().stream()
                .filter(key -> key.stream() == stream)
                .map(Key::rendition)
                .toList();
    }

    /** The conditions by which all viewers of a stream choose their renditions. */
    synchronized LadderConditions outlook(LiveStream stream, long nowNanos) {
        LadderConditions outlook = outlooks.computeIfAbsent(stream, unseen -> new LadderConditions(capOf720));
        outlook.look(stream, nowNanos);
        return outlook;
    }

    /** The status of each feed; any thread. */
    List<FeedStatus> statuses() {
        return feeds.entrySet().stream()
                .map(entry -> FeedStatus.of(entry.getKey().stream().name(), entry.getValue().feed))
                .sorted(Comparator.comparing(FeedStatus::stream).thenComparing(FeedStatus::rendition))
                .toList();
    }

    private record Key(LiveStream stream, Rendition.Video rendition) {}

    private static final class Shared {
        private final RtpFeed feed;
        private int viewers;

        Shared(RtpFeed feed) {
            this.feed = feed;
        }
    }
}
