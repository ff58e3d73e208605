package dev.sightline.worker;

import java.util.Set;

/**
 * Why a worker's process is no more.
 *
 * @param cause its kind, for counting
 * @param reason part of a sentence for users, such as "it crashed with SIGSEGV in libavcodec.so.62"
 * @param suspects the streams that were being worked on
 */
public record Death(Cause cause, String reason, Set<String> suspects) {
    /** Copies the suspects. */
    public Death {
        suspects = Set.copyOf(suspects);
    }

    /** Kinds of deaths; their names in lower case are the label of the metric. */
    public enum Cause {
        /** A signal ended it, or the JVM found a fatal error. */
        CRASH,
        /** It did not answer, or a stream did not come back from native code; it was killed. */
        HANG,
        /** It held more memory than it may; it was killed. */
        MEMORY,
        /** Its Java heap was exhausted. */
        HEAP,
        /** It sent what is no message; it was killed. */
        PROTOCOL,
        /** It ended by itself, or never came up. */
        EXIT,
        /** The server ended it: it is not needed, or what it may reach has changed. Not counted as a failure. */
        STOPPED
    }
}
