package dev.sightline.transport.socketio;

import dev.sightline.codec.Rendition;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamLimitException;
import org.jspecify.annotations.Nullable;

/** A client's watch of now. The next one begins before it ends. Used in the session's order. */
final class Watching {
    private @Nullable StreamSubscriber now;

    /** The number of the picture shown last; 0 where none was. */
    long shownSeq() {
        return now == null ? 0 : now.shownSeq();
    }

    /** Goes on with another watch, after a picture that was shown before. */
    void begin(StreamSubscriber next, LiveStream stream, Rendition rendition, long afterSeq)
            throws StreamLimitException {
        StreamSubscriber former = now;
        next.begin(stream, rendition, afterSeq, former != null);
        now = next;
        if (former != null) {
            former.close();
        }
    }

    /** Sends nothing any more on the session's event loop of now. */
    void pause() {
        if (now != null) {
            now.mute();
        }
    }

    void close() {
        if (now != null) {
            now.close();
            now = null;
        }
    }
}
