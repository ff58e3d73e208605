package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.metrics.HistogramSnapshot;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.stream.fanout.Subscriber;
import dev.sightline.stream.fanout.Subscription;
import dev.sightline.stream.fanout.ViewerIdentity;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The renditions of a stream that somebody watches: a track comes with its first viewer and goes with its last. Safe for use by
 * any thread.
 */
final class Renditions implements AutoCloseable {
    static final int MOST = 4;

    /** Three, and one more, since viewers who change the rendition cannot leave theirs before they have the other. */
    static final int MOST_OF_A_VIDEO_CODEC = 4;

    /** Of the three JPEG renditions besides the default one, so that one client cannot take all. */
    static final int MOST_OF_A_CLIENT = 2;

    private final String streamName;
    private final boolean inline;
    private final Supplier<Upstream> upstream;
    private final Viewers present;
    private final EncodeTimes encodeTimes = new EncodeTimes();

    @GuardedBy("this")
    private final Map<Rendition, RenditionTrack> tracks = new LinkedHashMap<>();
    /** The client for which each track began. */
    @GuardedBy("this")
    private final Map<Rendition, String> beganFor = new HashMap<>();

    private volatile List<RenditionTrack> current = List.of();

    @GuardedBy("this")
    private int maxViewers = LiveStream.DEFAULT_VIEWERS;

    @GuardedBy("this")
    private long droppedByEncoders;

    @GuardedBy("this")
    private long droppedByViewers;

    /** Of renditions that nobody watches any more. */
    @GuardedBy("this")
    private HistogramSnapshot encodePast = HistogramSnapshot.EMPTY;

    /**
     * Creates an empty set.
     *
     * @param inline whether the stream's own thread encodes, for a stream with one viewer
     * @param upstream makes the frames; asked for when it is needed
     * @param present is told of all viewers
     */
    Renditions(String streamName, boolean inline, Supplier<Upstream> upstream, Viewers present) {
        this.streamName = streamName;
        this.inline = inline;
        this.upstream = upstream;
        this.present = present;
    }

    /** Limits the viewers from now on; present viewers stay. */
    synchronized void limitViewers(int most) {
        maxViewers = most;
    }

    /** Refuses a viewer beyond the limit. */
    synchronized void checkViewers() throws RefusedException {
        if (viewers() >= maxViewers) {
            throw new RefusedException(
                    Reason.LIMIT,
                    "stream '" + streamName + "' has the most viewers allowed, " + maxViewers + " (max-viewers)");
        }
    }

    /**
     * Adds a viewer to the rendition's track. One that watches already has passed the limits of viewers and of clients.
     *
     * @throws RefusedException if as many watch already as may, or the track would be one too many: of JPEG and of each
     *     video codec there are four, and two of JPEG begin for one client; the default rendition, unprocessed frames and
     *     metadata alone always have their place
     */
    synchronized Joined join(
            Rendition rendition, Executor executor, Subscriber subscriber, ViewerIdentity viewer, Runnable onLeave)
            throws RefusedException {
        boolean watches = present.has(viewer);
        if (!watches && !rendition.equals(Rendition.METADATA)) {
            checkViewers();
        }
        RenditionTrack track = tracks.get(rendition);
        boolean started = track == null;
        if (track == null) {
            track = begin(rendition, watches ? Optional.empty() : viewer.client(), onLeave);
        }
        try {
            Subscription subscription = track.fanout().subscribe(executor, subscriber, viewer);
            present.joined(rendition, subscription);
            return new Joined(track, subscription, started);
        } catch (RuntimeException | Error e) {
            removeUnwatched(track);
            throw e;
        }
    }

    @GuardedBy("this")
    private RenditionTrack begin(Rendition rendition, Optional<String> client, Runnable onLeave)
            throws RefusedException {
        if (rendition.processed()) {
            refuseTooMany(rendition);
            if (rendition instanceof Rendition.Jpeg && !rendition.equals(Rendition.DEFAULT) && client.isPresent()) {
                refuseTooMany(client.get());
                beganFor.put(rendition, client.get());
            }
        }
        RenditionTrack[] created = new RenditionTrack[1];
        RenditionTrack track = new RenditionTrack(
                streamName,
                rendition,
                inline,
                encodeTimes,
                upstream.get(),
                closed -> left(created[0], closed, onLeave));
        created[0] = track;
        track.begin(upstream.get().gop(rendition));
        tracks.put(rendition, track);
        current = List.copyOf(tracks.values());
        upstream.get().watchedChanged();
        return track;
    }

    /** The tracks now. */
    List<RenditionTrack> tracks() {
        return current;
    }

    /** Those of frames that went through the pipeline. */
    List<RenditionTrack> processed() {
        return current.stream().filter(track -> track.rendition().processed()).toList();
    }

    /** The one of frames before the pipeline, while somebody watches it. */
    Optional<RenditionTrack> unprocessed() {
        return current.stream().filter(track -> !track.rendition().processed()).findFirst();
    }

    /** The frame that the viewers of any track but the unprocessed got last, slates included. */
    Optional<EncodedFrame> newest() {
        return processed().stream()
                .flatMap(track -> track.fanout().latest().stream())
                .max(Comparator.comparingLong(EncodedFrame::seq));
    }

    /** The number of viewers of frames, without those of only metadata. */
    int viewers() {
        return current.stream()
                .filter(track -> !track.rendition().equals(Rendition.METADATA))
                .mapToInt(track -> track.fanout().viewers())
                .sum();
    }

    void forEachSubscriber(Consumer<Subscriber> action) {
        current.forEach(track -> track.fanout().forEach(action));
    }

    synchronized long droppedByEncoders() {
        return droppedByEncoders
                + current.stream().mapToLong(RenditionTrack::dropped).sum();
    }

    synchronized long droppedByViewers() {
        return droppedByViewers
                + current.stream().mapToLong(track -> track.fanout().dropped()).sum();
    }

    /** The times of all encoders so far. */
    synchronized HistogramSnapshot encodeTimes() {
        return current.stream().map(RenditionTrack::encodeTimes).reduce(encodePast, HistogramSnapshot::plus);
    }

    /** What viewers reported so far. */
    LatencyReport reported() {
        return present.reported();
    }

    @Override
    public synchronized void close() {
        encodePast = encodeTimes();
        tracks.values().forEach(RenditionTrack::close);
        tracks.clear();
        beganFor.clear();
        present.clear();
        current = List.of();
    }

    @GuardedBy("this")
    private void refuseTooMany(Rendition rendition) throws RefusedException {
        Codec codec = rendition.codec();
        List<Rendition> running = tracks.keySet().stream()
                .filter(other -> other.processed() && other.codec() == codec)
                .toList();
        if (running.size() >= room(rendition)) {
            throw new RefusedException(
                    Reason.LIMIT,
                    "stream '" + streamName + "' is encoded in " + running.size() + " "
                            + codec.codecName() + " renditions already ("
                            + String.join(
                                    ", ",
                                    running.stream().map(Rendition::describe).toList())
                            + "); ask for one of these");
        }
    }

    @GuardedBy("this")
    private void refuseTooMany(String client) throws RefusedException {
        List<String> begun = beganFor.entrySet().stream()
                .filter(each -> each.getValue().equals(client))
                .map(each -> each.getKey().describe())
                .sorted()
                .toList();
        if (begun.size() >= MOST_OF_A_CLIENT) {
            throw new RefusedException(
                    Reason.LIMIT,
                    "stream '" + streamName + "' is encoded in " + begun.size() + " renditions for your address ("
                            + String.join(", ", begun) + "); ask for one of these");
        }
    }

    @GuardedBy("this")
    private int room(Rendition rendition) {
        if (rendition.equals(Rendition.METADATA)) {
            return 1;
        }
        if (rendition instanceof Rendition.Video) {
            return MOST_OF_A_VIDEO_CODEC;
        }
        return tracks.containsKey(Rendition.DEFAULT) || rendition.equals(Rendition.DEFAULT) ? MOST : MOST - 1;
    }

    private synchronized void left(RenditionTrack track, Subscription closed, Runnable onLeave) {
        present.left(closed);
        removeUnwatched(track);
        onLeave.run();
    }

    @GuardedBy("this")
    private void removeUnwatched(RenditionTrack track) {
        if (track.fanout().viewers() == 0 && tracks.remove(track.rendition(), track)) {
            beganFor.remove(track.rendition());
            droppedByEncoders += track.dropped();
            droppedByViewers += track.fanout().dropped();
            encodePast = encodePast.plus(track.encodeTimes());
            track.close();
            current = List.copyOf(tracks.values());
            upstream.get().watchedChanged();
        }
    }

    /**
     * A viewer that was admitted.
     *
     * @param track what it watches
     * @param subscription its place
     * @param started whether the track began with it
     */
    record Joined(RenditionTrack track, Subscription subscription, boolean started) {}
}
