package dev.sightline.transport.webrtc;

/**
 * The pace by which a stream's renditions are chosen: the usual one until it could be measured, then the same until the
 * measured one has clearly been another for a while. Each change would start other encoders for all viewers.
 */
final class SettledPace {
    private static final double USUAL = 30;
    private static final double CLEARLY = 1.25;
    private static final long LASTING_NANOS = 2_000_000_000L;

    private double fps = USUAL;
    private boolean known;
    private long agreedNanos;

    /** The stream's pace is measured as this, and worth something. */
    void measured(double perSecond, long nowNanos) {
        boolean agrees = perSecond < fps * CLEARLY && perSecond > fps / CLEARLY;
        if (agrees || !known || nowNanos - agreedNanos >= LASTING_NANOS) {
            fps = agrees && known ? fps : perSecond;
            known = true;
            agreedNanos = nowNanos;
        }
    }

    /** The stream's pace cannot be measured at present. */
    void unknown(long nowNanos) {
        agreedNanos = nowNanos;
    }

    double fps() {
        return fps;
    }
}
