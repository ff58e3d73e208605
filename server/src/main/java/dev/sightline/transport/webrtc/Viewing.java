package dev.sightline.transport.webrtc;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.fanout.GopCache;
import dev.sightline.stream.fanout.ViewerIdentity;
import dev.sightline.transport.webrtc.rtp.PacketSink;
import dev.sightline.transport.webrtc.rtp.RateControl;
import dev.sightline.transport.webrtc.rtp.RtcpPacket;
import dev.sightline.transport.webrtc.rtp.RtpSender;
import dev.sightline.transport.webrtc.rtp.SenderSettings;
import dev.sightline.transport.webrtc.rtp.SenderStatistics;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One viewer's part in a stream: watches the rendition that its network path can carry, and changes the rendition at a
 * keyframe.
 *
 * <p>It watches as soon as the peer has shown itself, so that the encoder works during the handshake. The frames since the last
 * keyframe wait until the handshake is done, and are the first that the viewer gets. Used on the media thread.
 */
final class Viewing {
    private static final Logger LOG = LoggerFactory.getLogger(Viewing.class);
    private static final long LOOK_NANOS = 250_000_000L;
    /** Another rendition may begin with frames that the viewer has already seen, but not so many that it shows. */
    private static final long MOST_BACK_NANOS = 500_000_000L;

    /** For video encoded here, whose next keyframe can be made at once. */
    private static final GopCache.Bounds KEPT_ENCODED = new GopCache.Bounds(1_000_000_000L, 512 << 10);

    private final LiveStream stream;
    private final ViewerIdentity viewer;
    private final Ladder ladder;
    private final Feeds feeds;
    private final Executor media;
    private final Consumer<String> onEnd;
    private final RateControl rate;
    private final PacketSink sink;
    /** Used until the peer is connected. */
    private final GopCache gop = new GopCache(KEPT_ENCODED);

    private RtpSender sender;
    private @Nullable RenditionSubscription current;
    private @Nullable RenditionSubscription next;
    private boolean connected;
    private boolean crowded;
    private String lastRendition = "";
    private long lookedNanos;
    private long shownNanos;

    /**
     * Creates a viewer that watches nothing yet.
     *
     * @param viewer who it is
     * @param ladder the renditions to choose from
     * @param onEnd gets a sentence for people when there is nothing more to watch
     */
    Viewing(
            LiveStream stream,
            ViewerIdentity viewer,
            Ladder ladder,
            SenderSettings settings,
            PacketSink sink,
            Feeds feeds,
            Executor media,
            Consumer<String> onEnd) {
        this.stream = stream;
        this.viewer = viewer;
        this.ladder = ladder;
        this.feeds = feeds;
        this.media = media;
        this.onEnd = onEnd;
        this.rate = new RateControl(outlook().rungs(ladder), now());
        this.sink = sink;
        this.sender = new RtpSender(settings, sink, rate, this::requestKeyframe);
    }

    /** The peer has answered our offer: features it refused are not used, unless frames flow already. */
    void answered(SenderSettings agreed) {
        if (!connected) {
            sender = new RtpSender(agreed, sink, rate, this::requestKeyframe);
        }
    }

    /** Starts to watch; if its rendition finds no room, the nearest one that others watch. */
    void begin() {
        rate.offer(outlook().rungs(ladder), now());
        Rendition.Video wanted = rate.choose(now());
        try {
            current = watch(wanted);
        } catch (RefusedException e) {
            crowded = true;
            current = nearest(wanted);
            if (current == null) {
                onEnd.accept(e.getMessage());
            }
        }
    }

    private @Nullable RenditionSubscription nearest(Rendition.Video wanted) {
        LadderConditions outlook = outlook();
        List<Rendition.Video> others = feeds.watched(stream).stream()
                .filter(other -> ladder.permits(other, outlook))
                .sorted(Comparator.comparingInt(other -> Math.abs(other.bitsPerSecond() - wanted.bitsPerSecond())))
                .toList();
        for (Rendition.Video other : others) {
            try {
                return watch(other);
            } catch (RefusedException goneMeanwhile) {
                // Try the next nearest.
            }
        }
        return null;
    }

    /** The peer is connected: frames flow from now on. */
    void connected() {
        connected = true;
        RenditionSubscription rung = current;
        if (rung == null) {
            return;
        }
        List<EncodedFrame> kept = gop.frames();
        gop.clear();
        if (kept.isEmpty()) {
            rung.requestKeyframe();
        }
        kept.forEach(frame -> sender.frame(rung.feed(), frame, now()));
    }

    /** A frame of a watched rendition arrived. */
    void arrived(RenditionSubscription rung, EncodedFrame frame) {
        if (rung == next && frame.keyframe() && frame.presentationNanos() > shownNanos - MOST_BACK_NANOS) {
            leave(current);
            current = next;
            next = null;
        }
        if (rung != current) {
            return;
        }
        shownNanos = frame.presentationNanos();
        if (!connected) {
            gop.add(frame);
        } else if (sender.frame(rung.feed(), frame, now())) {
            rung.feed().sent(frame, now());
        }
    }

    /** There is nothing more to watch. */
    void ended() {
        onEnd.accept("the stream has ended");
    }

    /** The viewer is to be disconnected, for this reason. */
    void disconnected(String why) {
        onEnd.accept(why);
    }

    void rtcp(List<RtcpPacket> said) {
        sender.rtcp(said, now());
    }

    /** Lets time pass; call it at least ten times a second. */
    void tick() {
        long now = now();
        if (connected) {
            sender.tick(now);
        }
        if (connected && now - lookedNanos >= LOOK_NANOS) {
            lookedNanos = now;
            LadderConditions conditions = outlook();
            sender.carries().ifPresent(conditions::carries);
            sender.seekMore(conditions.seeksMore(now));
            rate.offer(conditions.rungs(ladder), now);
            move(rate.choose(now));
            if (rate.needsLayers() && current != null && next == null) {
                current.requestTemporalLayers();
            }
        }
    }

    /** The current or final rendition, for people; empty before there is one. */
    String rendition() {
        RenditionSubscription now = current;
        return now == null ? lastRendition : now.rendition().describe();
    }

    /** The renditions to choose from, best first. */
    List<Rendition.Video> offered() {
        return rate.offered();
    }

    /** Why this rendition was chosen. */
    String reason() {
        return crowded ? "other viewers use all permitted renditions" : rate.reason();
    }

    SenderStatistics statistics() {
        return sender.statistics();
    }

    /** Stops watching and says goodbye; if a part of that failed, the next call does the rest. */
    void close() {
        lastRendition = rendition();
        leave(next);
        next = null;
        leave(current);
        current = null;
        if (connected) {
            connected = false;
            sender.bye(now());
        }
    }

    private void move(Rendition.Video wanted) {
        RenditionSubscription now = current;
        if (now == null) {
            return;
        }
        crowded = false;
        if (wanted.equals((next == null ? now : next).rendition())) {
            return;
        }
        leave(next);
        next = null;
        if (!wanted.equals(now.rendition())) {
            try {
                next = watch(wanted);
            } catch (RefusedException e) {
                crowded = true;
                LOG.debug("a viewer of '{}' keeps its rendition: {}", stream.name(), e.getMessage());
            }
        }
    }

    private RenditionSubscription watch(Rendition.Video rendition) throws RefusedException {
        RenditionSubscription rung = new RenditionSubscription(this, rendition, feeds.join(stream, rendition));
        try {
            rung.watches(stream.subscribe(rendition, media, rung, viewer));
            return rung;
        } catch (RefusedException | RuntimeException | Error e) {
            feeds.leave(stream, rendition);
            throw e;
        }
    }

    private void leave(@Nullable RenditionSubscription rung) {
        if (rung != null) {
            rung.close();
            feeds.leave(stream, rung.rendition());
        }
    }

    private void requestKeyframe() {
        if (current != null) {
            current.requestKeyframe();
        }
    }

    private LadderConditions outlook() {
        return feeds.outlook(stream, now());
    }

    private static long now() {
        return CaptureClock.system().nanos();
    }
}
