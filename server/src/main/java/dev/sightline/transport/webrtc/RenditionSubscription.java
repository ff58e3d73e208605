package dev.sightline.transport.webrtc;

import static java.util.Objects.requireNonNull;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.stream.fanout.Subscriber;
import dev.sightline.stream.fanout.Subscription;
import dev.sightline.transport.webrtc.rtp.RtpFeed;
import org.jspecify.annotations.Nullable;

/** One rendition that a viewer watches, or will soon. Used on the media thread. */
final class RenditionSubscription implements Subscriber, AutoCloseable {
    private final Viewing viewing;
    private final Rendition.Video rendition;
    private final RtpFeed feed;
    private @Nullable Subscription subscription;

    RenditionSubscription(Viewing viewing, Rendition.Video rendition, RtpFeed feed) {
        this.viewing = viewing;
        this.rendition = rendition;
        this.feed = feed;
    }

    /** Called before the first frame is handed over. */
    void watches(Subscription watching) {
        subscription = watching;
    }

    Rendition.Video rendition() {
        return rendition;
    }

    RtpFeed feed() {
        return feed;
    }

    void requestKeyframe() {
        requireNonNull(subscription).requestKeyframe();
    }

    void requestTemporalLayers() {
        requireNonNull(subscription).requestTemporalLayers();
    }

    /** UDP takes everything at once; lost packets are requested again. */
    @Override
    public void onFrame(EncodedFrame frame) {
        viewing.arrived(this, frame);
        if (subscription != null) {
            subscription.ready();
        }
    }

    @Override
    public void onEnd() {
        viewing.ended();
    }

    @Override
    public void onDisconnect(String why) {
        viewing.disconnected(why);
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
    }
}
