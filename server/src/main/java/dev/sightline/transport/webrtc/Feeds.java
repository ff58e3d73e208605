package dev.sightline.transport.webrtc;

import dev.sightline.codec.Rendition;
import dev.sightline.stream.LiveStream;
import dev.sightline.transport.webrtc.rtp.RtpFeed;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/** The feeds that are watched, one for each rendition of a stream: its first viewer brings it, its last takes it away. Used on the media thread, but for what {@link #statuses} tells. */
final class Feeds {
    private final Map<Key, Shared> feeds = new ConcurrentHashMap<>();
    private final Map<LiveStream, LadderConditions> outlooks = new WeakHashMap<>();

    /** The feed of a rendition, for one viewer more. */
    RtpFeed join(LiveStream stream, Rendition.Video rendition) {
        Shared shared = feeds.computeIfAbsent(new Key(stream, rendition), key -> new Shared(new RtpFeed(rendition)));
        shared.viewers++;
        return shared.feed;
    }

    /** One viewer less. */
    void leave(LiveStream stream, Rendition.Video rendition) {
        feeds.computeIfPresent(new Key(stream, rendition), (key, shared) -> --shared.viewers == 0 ? null : shared);
    }

    /** The renditions of a stream that are watched. */
    List<Rendition.Video> watched(LiveStream stream) {
        return feeds.keySet().stream()
                .filter(key -> key.stream() == stream)
                .map(Key::rendition)
                .toList();
    }

    /** What a stream's viewers choose by, the same for all of them. */
    LadderConditions outlook(LiveStream stream, long nowNanos) {
        LadderConditions outlook = outlooks.computeIfAbsent(stream, unseen -> new LadderConditions());
        outlook.look(stream, nowNanos);
        return outlook;
    }

    /** How each is doing; for any thread. */
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
