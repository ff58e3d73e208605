package dev.sightline.stream.fanout;

import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import org.jspecify.annotations.Nullable;

/**
 * The pictures that wait for somebody who cannot take them yet, and the rule by which they may be dropped: how pictures
 * build on each other decides what is lost with one. Used by one thread at a time.
 */
sealed interface Backlog permits NewestBacklog, VideoBacklog, RecentBacklog {

    /** What waits for one viewer of the codec, who has seen nothing yet. */
    static Backlog ofViewer(Codec codec) {
        if (codec == Codec.NONE) {
            return new RecentBacklog();
        }
        return codec.intraOnly() ? new NewestBacklog() : VideoBacklog.ofNewcomer(VideoBacklog.MOST);
    }

    /** What waits for an executor whose viewers may be in the midst of it. */
    static Backlog ofExecutor(Codec codec) {
        return codec.intraOnly() ? ofViewer(codec) : VideoBacklog.ofEverybody();
    }

    /** Keeps a newer picture, or drops it, or those that it makes needless; answers how many were lost by that. */
    int add(EncodedFrame frame);

    /** Takes out the picture that comes next; null if none waits. */
    @Nullable
    EncodedFrame next();

    /** Takes out the picture that may come in the place of one that was taken out but not used; null if there is none. */
    @Nullable
    EncodedFrame replacement();

    /** Whether nothing but a keyframe will be kept. */
    default boolean needsKeyframe() {
        return false;
    }

    /** Whether nothing waits. */
    boolean isEmpty();
}
