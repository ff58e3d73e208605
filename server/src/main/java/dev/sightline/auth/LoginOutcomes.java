package dev.sightline.auth;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of attempts to log in with a password. Safe for use by any thread. */
final class LoginOutcomes {
    private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

    LoginOutcomes() {
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, new LongAdder());
        }
    }

    void count(Outcome outcome) {
        Objects.requireNonNull(counts.get(outcome)).increment();
    }

    /** By the outcome's word. */
    Map<String, Long> counts() {
        Map<String, Long> now = new TreeMap<>();
        counts.forEach((outcome, count) -> now.put(outcome.name().toLowerCase(Locale.ROOT), count.sum()));
        return now;
    }

    /** What may become of an attempt. */
    enum Outcome {
        /** Its password was checked, which takes time, and was right. */
        RIGHT,
        /** The same, and it was wrong. */
        WRONG,
        /** It came too soon after others of its account or address, and nothing was checked. */
        SLOWED,
        /** Too many were being checked. */
        BUSY
    }
}
