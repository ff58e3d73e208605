package dev.sightline.stream.fanout;

import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait for a busy receiver, and the rule for dropping them: it follows from how frames depend on each other.
 * Used by one thread at a time.
 */
sealed interface Backlog permits NewestBacklog, VideoBacklog, RecentBacklog {

    /** A backlog for one viewer of the codec, who has seen nothing yet. */
    static Backlog ofViewer(Codec codec) {
        if (codec == Codec.NONE) {
            return new RecentBacklog();
        }
        return codec.intraOnly() ? new NewestBacklog() : VideoBacklog.ofNewcomer(VideoBacklog.MOST);
    }

    /** A backlog for an executor whose viewers may already be watching. */
    static Backlog ofExecutor(Codec codec) {
        return codec.intraOnly() ? ofViewer(codec) : VideoBacklog.ofEverybody();
    }

    /** Stores a newer frame, or drops it or those it makes useless; returns how many were lost. */
    int add(EncodedFrame frame);

    /** Takes out the next frame; null if none waits. */
    @Nullable
    EncodedFrame next();

    /** Takes out the frame that may replace one that was taken out but not used; null if there is none. */
    @Nullable
    EncodedFrame replacement();

    /** The frame taken out last is not shown: drops those that need it. */
    default void passOver() {}

    /** Whether only a keyframe will be accepted. */
    default boolean needsKeyframe() {
        return false;
    }

    /** Whether nothing waits. */
    boolean isEmpty();
}
