package dev.sightline.transport.webrtc.rtp;

/** Measures how long a condition has lasted. */
final class ConditionTimer {
    private boolean is;
    private long sinceNanos;

    void is(boolean now, long nowNanos) {
        if (now && !is) {
            sinceNanos = nowNanos;
        }
        is = now;
    }

    /** The duration in nanoseconds; 0 if the condition does not hold. */
    long since(long nowNanos) {
        return is ? nowNanos - sinceNanos : 0;
    }

    void restart() {
        is = false;
    }
}
