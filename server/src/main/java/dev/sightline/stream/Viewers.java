package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.codec.Rendition;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.stream.fanout.Subscription;
import dev.sightline.stream.fanout.ViewerIdentity;
import dev.sightline.stream.status.ViewerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who watches a stream, in the order of arrival. A viewer that changes its rendition has two subscriptions in passing, and is
 * one viewer. One thread at a time writes; any thread reads, and never waits.
 */
final class Viewers {
    private final Map<Long, Watch> watches = new ConcurrentSkipListMap<>();
    /** The numbers of those that report what they measure, by their keys: of two, the one that came last. */
    private final Map<String, Long> keys = new ConcurrentHashMap<>();

    private final Supplier<Instant> now;
    private final Object reports = new Object();

    /** Of all viewers so far. */
    @GuardedBy("reports")
    private LatencyReport reported = LatencyReport.NONE;

    Viewers(Supplier<Instant> now) {
        this.now = now;
    }

    /** Whether a viewer has a subscription. */
    boolean has(ViewerIdentity viewer) {
        return watches.containsKey(viewer.number());
    }

    /** Adds a viewer's subscription, unless that is closed already. */
    void joined(Rendition rendition, Subscription subscription) {
        if (!subscription.isClosed()) {
            ViewerIdentity viewer = subscription.viewer();
            List<Place> first = List.of(new Place(rendition, subscription));
            watches.merge(
                    viewer.number(), new Watch(viewer, now.get(), first, 0, 0, new MeasuredLatency()), Watch::with);
            viewer.key().ifPresent(key -> keys.merge(key, viewer.number(), Math::max));
        }
    }

    /** Removes a closed subscription, and its viewer with the last. */
    void left(Subscription subscription) {
        ViewerIdentity viewer = subscription.viewer();
        if (watches.computeIfPresent(viewer.number(), (number, watch) -> watch.without(subscription)) == null) {
            viewer.key().ifPresent(key -> keys.remove(key, viewer.number()));
        }
    }

    /**
     * Takes a report of a viewer, as JSON. Any thread.
     *
     * @param key of the viewer
     * @throws RefusedException if no viewer has it, the report comes too soon, cannot be read, or cannot be true
     */
    void report(String key, String json) throws RefusedException {
        Long number = keys.get(key);
        Watch watch = number == null ? null : watches.get(number);
        if (watch == null) {
            throw new RefusedException(Reason.UNKNOWN, "nobody watches this stream with that viewer key");
        }
        LatencyReport report = watch.latency().take(json, watch.deliveredInAll(), now.get());
        synchronized (reports) {
            reported = reported.plus(report);
        }
    }

    /** The number of viewer keys that are known now. Any thread. */
    int keys() {
        return keys.size();
    }

    /** What all viewers reported so far. Any thread. */
    LatencyReport reported() {
        synchronized (reports) {
            return reported;
        }
    }

    /** The status of those who came first, at most so many. */
    List<ViewerStatus> first(int most) {
        return watches.values().stream().limit(most).map(Watch::status).toList();
    }

    /** Asks a viewer's transport to end its connection; {@code false} if there is no such viewer. */
    boolean disconnect(String id, String why) {
        Watch watch = watches.get(number(id));
        if (watch == null) {
            return false;
        }
        watch.places().forEach(place -> place.subscription().disconnect(why));
        return true;
    }

    /** Forgets all viewers. */
    void clear() {
        watches.clear();
        keys.clear();
    }

    /** The number in an id; 0, which no viewer has, if it is none. */
    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /**
     * What one viewer does.
     *
     * @param places its subscriptions; the first is the one it shows
     * @param delivered by subscriptions that are closed
     * @param dropped by the same
     * @param latency what it reported
     */
    private record Watch(
            ViewerIdentity viewer,
            Instant since,
            List<Place> places,
            long delivered,
            long dropped,
            MeasuredLatency latency) {

        Watch with(Watch next) {
            List<Place> both =
                    Stream.concat(places.stream(), next.places.stream()).toList();
            return new Watch(viewer, since, both, delivered, dropped, latency);
        }

        @Nullable
        Watch without(Subscription closed) {
            List<Place> left = places.stream()
                    .filter(place -> place.subscription() != closed)
                    .toList();
            return left.isEmpty()
                    ? null
                    : new Watch(
                            viewer, since, left, delivered + closed.delivered(), dropped + closed.dropped(), latency);
        }

        ViewerStatus status() {
            return new ViewerStatus(
                    viewer.id(),
                    viewer.transport(),
                    viewer.address(),
                    since,
                    places.get(0).rendition().describe(),
                    deliveredInAll(),
                    dropped
                            + places.stream()
                                    .mapToLong(it -> it.subscription().dropped())
                                    .sum(),
                    latency.status());
        }

        long deliveredInAll() {
            return delivered
                    + places.stream()
                            .mapToLong(it -> it.subscription().delivered())
                            .sum();
        }
    }

    /** A subscription and what it is for. */
    private record Place(Rendition rendition, Subscription subscription) {}
}
