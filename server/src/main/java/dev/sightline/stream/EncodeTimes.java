package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long the encoders of a stream's video took for its last frames. Viewers of video are told a frame's metadata before it is
 * encoded, so these times travel with the metadata of the next frame. Safe for use by any thread.
 */
final class EncodeTimes {
    /** The key among a frame's metadata; no processor has this name. */
    static final String KEY = "sightline.encoded";

    /** More than all encoders make between two frames; the oldest are forgotten while nobody takes them. */
    static final int MOST = 16;

    @GuardedBy("this")
    private final Deque<Map<String, Object>> untold = new ArrayDeque<>();

    /** An encoder has made this frame. */
    synchronized void add(EncodedFrame frame, long nanos) {
        if (untold.size() == MOST) {
            untold.removeFirst();
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("seq", frame.seq());
        members.put("codec", frame.codec().codecName());
        members.put("width", frame.width());
        members.put("height", frame.height());
        members.put("encode", StageTimes.millis(nanos));
        untold.addLast(members);
    }

    /** The metadata with the times that nobody was told yet: {@code [{seq, codec, width, height, encode}]}, in milliseconds. */
    synchronized Metadata addTo(Metadata metadata) {
        if (untold.isEmpty()) {
            return metadata;
        }
        Metadata all = new Metadata().addAll(metadata).put(KEY, List.copyOf(untold));
        untold.clear();
        return all;
    }
}
