package dev.sightline.transport.webrtc;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamLimitException;
import dev.sightline.stream.fanout.GopCache;
import dev.sightline.transport.webrtc.rtp.PacketSink;
import dev.sightline.transport.webrtc.rtp.RateControl;
import dev.sightline.transport.webrtc.rtp.RtcpPacket;
import dev.sightline.transport.webrtc.rtp.RtpSender;
import dev.sightline.transport.webrtc.rtp.SenderSettings;
import dev.sightline.transport.webrtc.rtp.SenderStatistics;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One viewer's share of a stream: watches the rendition that its way can carry, and moves to another one at a keyframe.
 *
 * <p>It watches as soon as the peer has shown that it is there, so that the encoder is at work during the handshake; what has come
 * since the last keyframe is kept until that is done, and is the first that the viewer gets. Used on the media thread.
 */
final class Viewing {
    private static final Logger LOG = LoggerFactory.getLogger(Viewing.class);
    private static final long LOOK_NANOS = 250_000_000L;
    /** Another rendition may begin with pictures that the viewer has seen already, but not with as many as would show. */
    private static final long MOST_BACK_NANOS = 500_000_000L;

    /** Video that is encoded here: its next keyframe can be had at once. */
    private static final GopCache.Bounds KEPT_ENCODED = new GopCache.Bounds(1_000_000_000L, 512 << 10);

    private final LiveStream stream;
    private final Ladder ladder;
    private final Feeds feeds;
    private final Executor media;
    private final Consumer<String> onEnd;
    private final RateControl rate;
    private final PacketSink sink;
    /** For the time until the peer is connected. */
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
     * A viewer who watches nothing yet.
     *
     * @param ladder what there is to choose from
     * @param onEnd told, in a sentence for people, when there is nothing more to watch
     */
    Viewing(
            LiveStream stream,
            Ladder ladder,
            SenderSettings settings,
            PacketSink sink,
            Feeds feeds,
            Executor media,
            Consumer<String> onEnd) {
        this.stream = stream;
        this.ladder = ladder;
        this.feeds = feeds;
        this.media = media;
        this.onEnd = onEnd;
        this.rate = new RateControl(ladder.rungs(new LadderConditions()), now());
        this.sink = sink;
        this.sender = new RtpSender(settings, sink, rate, this::requestKeyframe);
    }

    /** The peer has answered our offer: what it refused of that is not sent, unless pictures flow already. */
    void answered(SenderSettings agreed) {
        if (!connected) {
            sender = new RtpSender(agreed, sink, rate, this::requestKeyframe);
        }
    }

    /** Begins to watch: where there is no room for the rendition it should have, the nearest that others watch. */
    void begin() {
        rate.offer(ladder.rungs(outlook()), now());
        Rendition.Video wanted = rate.choose(now());
        try {
            current = watch(wanted);
        } catch (StreamLimitException e) {
            crowded = true;
            current = nearest(wanted);
            if (current == null) {
                onEnd.accept(String.valueOf(e.getMessage()));
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
            } catch (StreamLimitException goneMeanwhile) {
                // Then the next nearest.
            }
        }
        return null;
    }

    /** The peer is there: pictures flow from now on. */
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

    /** A picture of a rung that is watched. */
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

    void rtcp(List<RtcpPacket> said) {
        sender.rtcp(said, now());
    }

    /** Lets time pass; to be called at least ten times a second. */
    void tick() {
        long now = now();
        if (connected) {
            sender.tick(now);
        }
        if (connected && now - lookedNanos >= LOOK_NANOS) {
            lookedNanos = now;
            rate.offer(ladder.rungs(outlook()), now);
            move(rate.choose(now));
        }
    }

    /** What is watched, or was at the end, for people; empty before anything is. */
    String rendition() {
        RenditionSubscription now = current;
        return now == null ? lastRendition : now.rendition().describe();
    }

    /** Why it is that rendition. */
    String reason() {
        return crowded ? "others watch as many renditions as there may be" : rate.reason();
    }

    SenderStatistics statistics() {
        return sender.statistics();
    }

    /** Watches no more, and says goodbye; where a part of that failed, the next call does the rest. */
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
            } catch (StreamLimitException e) {
                crowded = true;
                LOG.debug("a viewer of '{}' stays where it is: {}", stream.name(), e.getMessage());
            }
        }
    }

    private RenditionSubscription watch(Rendition.Video rendition) throws StreamLimitException {
        RenditionSubscription rung = new RenditionSubscription(this, rendition, feeds.join(stream, rendition));
        try {
            rung.watches(
                    current == null
                            ? stream.subscribe(rendition, media, rung, Optional.empty())
                            : stream.subscribe(rendition, media, rung));
            return rung;
        } catch (StreamLimitException | RuntimeException | Error e) {
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
