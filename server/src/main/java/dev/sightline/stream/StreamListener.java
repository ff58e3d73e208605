package dev.sightline.stream;

import dev.sightline.stream.status.StreamStatus;

/** Is told what becomes of a stream; by any thread. */
interface StreamListener {

    /** Its state has changed. */
    default void changed(StreamStatus status) {}

    /** It was closed. */
    default void closed(LiveStream stream) {}
}
