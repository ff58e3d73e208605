package dev.sightline.transport.socketio.engine;

import dev.sightline.http.limits.InputBudget;

/** Whom a session belongs to. */
interface SessionOwner {
    /** Where its input counts. */
    InputBudget budget();

    /** It sends more packets than its rate, and the next ones wait; any thread. */
    default void delayed() {}

    /** It keeps its place when others come; any thread. */
    default void trusted(DefaultEngineSession session) {}

    /** It has ended; any thread. */
    default void closed(DefaultEngineSession session) {}
}
