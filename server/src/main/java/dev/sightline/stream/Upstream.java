package dev.sightline.stream;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.worker.WorkNotes;
import java.util.List;

/** What renditions need of whoever makes their frames. Any thread calls it; no call waits. */
interface Upstream {

    /** What the first viewer of a rendition starts with: the source's own video since its newest keyframe, or nothing. */
    default List<EncodedFrame> gop(Rendition rendition) {
        return List.of();
    }

    /** Whether a frame of this number is not to be shown any more. */
    default boolean isOfPast(long seq) {
        return false;
    }

    /** Notes of work that may crash or hang. */
    default WorkNotes notes() {
        return WorkNotes.NONE;
    }

    /** Which renditions are watched has changed. */
    default void watchedChanged() {}

    /** A viewer of the rendition needs a keyframe. */
    default void keyframeWanted(Rendition rendition) {}

    /** A viewer of the rendition cannot take all frames. */
    default void temporalLayersWanted(Rendition rendition) {}
}
