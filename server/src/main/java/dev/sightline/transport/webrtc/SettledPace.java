package dev.sightline.transport.webrtc;

/**
 * The frame rate for choosing a stream's renditions: a typical one until it was measured; then a stable one, which follows the
 * measured rate only after that was clearly different for a while. Each change restarts encoders for all viewers.
 */
final class SettledPace {
    private static final double USUAL = 30;
    private static final double CLEARLY = 1.25;
    private static final long LASTING_NANOS = 2_000_000_000L;

    private double fps = USUAL;
    private boolean known;
    private long agreedNanos;

    /** Takes a valid measurement of the stream's rate. */
    void measured(double perSecond, long nowNanos) {
        boolean agrees = perSecond < fps * CLEARLY && perSecond > fps / CLEARLY;
        if (agrees || !known || nowNanos - agreedNanos >= LASTING_NANOS) {
            fps = agrees && known ? fps : perSecond;
            known = true;
            agreedNanos = nowNanos;
        }
    }

    /** The stream's rate cannot be measured now. */
    void unknown(long nowNanos) {
        agreedNanos = nowNanos;
    }

    double fps() {
        return fps;
    }
}
