package dev.sightline.stream;

import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import java.time.Instant;
import java.util.Optional;

/** Where a stream stands. Safe for use by any thread. */
interface StreamSignal {

    StreamState state();

    /** Why it is not live, for people. */
    Optional<String> reason();

    /** When this state began. */
    Instant since();

    /** When the last frame left the pipeline. */
    Optional<Instant> lastPicture();

    /** How long the stream has been in this state. */
    long nanosInState();

    /** How often the source was opened again. */
    long retries();

    /** Frames up to this one, and slates made of them, came from a source that is not the stream's any more. */
    long pastSeq();

    /** Whether a frame of this number is one of these. */
    default boolean isOfPast(long seq) {
        return seq <= pastSeq();
    }

    /** All of it, for a source at this address. */
    default StreamStatus.Signal status(String address) {
        return new StreamStatus.Signal(address, state(), reason(), since(), lastPicture());
    }
}
