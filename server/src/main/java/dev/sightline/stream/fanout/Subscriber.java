package dev.sightline.stream.fanout;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.stream.status.StreamStatus;

/**
 * One viewer's end of a subscription, implemented by a transport. All calls come from the executor that it subscribed with,
 * one at a time.
 */
public interface Subscriber {

    /**
     * A picture to send. No other follows until {@link Subscription#ready} is called, which the transport does when this
     * one has gone into the network; pictures that come meanwhile are dropped and counted, but for the newest.
     *
     * <p>Of video the first picture is a keyframe, and each builds on the one before it; only a keyframe may come after a
     * gap. A few pictures are kept for a viewer who is not ready, in order.
     */
    void onFrame(EncodedFrame frame);

    /** The stream's state changed; also called once at the start. */
    default void onState(StreamStatus status) {}

    /**
     * The stream is taken away, of which {@link #onEnd} tells soon: a slate for screens that keep for ever what they were sent
     * last. Only of single pictures.
     */
    default void onFarewell(EncodedFrame slate) {}

    /** The stream has ended or was taken away; nothing more comes. */
    default void onEnd() {}
}
