package dev.sightline.stream.fanout;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.stream.status.StreamStatus;

/** A transport's end of one viewer's subscription. Its executor makes all calls, one at a time. */
public interface Subscriber {

    /**
     * Sends a frame. No other follows until {@link Subscription#ready}, which the transport calls when this one has gone into
     * the network. Meanwhile only the newest frame waits; others are dropped and counted.
     *
     * <p>Of video, the first frame is a keyframe, and each depends on the one before; only a keyframe may follow a gap. A few
     * frames wait, in order, for a viewer that is not ready.
     */
    void onFrame(EncodedFrame frame);

    /** The stream's state changed; also called once at the start. */
    default void onState(StreamStatus status) {}

    /**
     * The stream is removed, and {@link #onEnd} follows soon: a slate for screens that show the last frame for ever. Only for
     * single images.
     */
    default void onFarewell(EncodedFrame slate) {}

    /** The stream has ended or was removed; nothing more comes. */
    default void onEnd() {}

    /**
     * The viewer is to be disconnected: ends its connection, for a reason to tell it. No frame follows. It may be called more
     * than once, and after the subscription was closed.
     */
    default void onDisconnect(String why) {
        onEnd();
    }
}
