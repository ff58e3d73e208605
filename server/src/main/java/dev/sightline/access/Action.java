package dev.sightline.access;

import java.util.Locale;
import java.util.Set;

/** What can be allowed, the least first. */
public enum Action {
    /** See a stream's frames, metadata and state, and send input to its processors. */
    WATCH,

    /** Send frames to a stream; includes {@link #WATCH}. */
    PUBLISH,

    /** Change a stream's processing, see and disconnect its viewers, share it; includes {@link #WATCH}. */
    CONTROL,

    /** Everything: add and remove streams, users, tokens. It is not limited to some streams. */
    ADMIN;

    private static final Set<Action> WATCHING = Set.of(WATCH, PUBLISH, CONTROL);

    /** Whether somebody with this right may do the other as well. */
    public boolean includes(Action other) {
        return this == other || this == ADMIN || other == WATCH && WATCHING.contains(this);
    }

    /** The word in configurations and in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
