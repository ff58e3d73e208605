package dev.sightline.transport.webrtc.rtp;

/** How long something has been so. */
final class ConditionTimer {
    private boolean is;
    private long sinceNanos;

    void is(boolean now, long nowNanos) {
        if (now && !is) {
            sinceNanos = nowNanos;
        }
        is = now;
    }

    /** For how many nanoseconds; 0 if it is not so. */
    long since(long nowNanos) {
        return is ? nowNanos - sinceNanos : 0;
    }

    void restart() {
        is = false;
    }
}
