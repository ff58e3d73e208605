package dev.sightline.stream.fanout;

/** What a rendition's viewers may ask of its encoder; any thread asks, and often. */
@FunctionalInterface
public interface ViewerRequests {
    /** A viewer needs a keyframe to go on. */
    void keyframe();

    /** A viewer cannot take all frames: for the next 2 s they should come in temporal layers. */
    default void temporalLayers() {}
}
