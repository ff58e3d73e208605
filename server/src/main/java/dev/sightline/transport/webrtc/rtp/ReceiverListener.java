package dev.sightline.transport.webrtc.rtp;

/** Takes what a publisher sent. Called on the media thread. */
@FunctionalInterface
public interface ReceiverListener {
    /**
     * A frame, in order: the first is a keyframe, each depends only on those before it, and after a loss the next one is a
     * keyframe.
     */
    void frame(ReceivedFrame frame);

    /** The publisher said goodbye (BYE). */
    default void ended() {}
}
