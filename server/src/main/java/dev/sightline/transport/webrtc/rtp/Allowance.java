package dev.sightline.transport.webrtc.rtp;

/**
 * The bandwidth for retransmissions: what the line carries beyond the video, but at least a fifth of the video and at most as
 * much; and half a second's worth at once. What does not fit is not sent: on a full line it would only fill the queue.
 */
final class Allowance {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double GREATEST_SECONDS = 0.5;

    private static final double LEAST_SHARE = 0.2;

    /** Some packets may always go. */
    private static final double LEAST_CAPACITY_BYTES = 6 * 1_200;

    private double bytes = Double.NaN;
    private long lastNanos;

    /**
     * Lets time pass.
     *
     * @param video bits per second of the video
     * @param line bits per second that the line carries
     */
    void refill(double video, double line, long nowNanos) {
        double bytesPerSecond = Math.max(LEAST_SHARE * video, Math.min(video, line - video)) / 8;
        double capacity = Math.max(LEAST_CAPACITY_BYTES, bytesPerSecond * GREATEST_SECONDS);
        bytes = Double.isNaN(bytes)
                ? capacity
                : Math.min(capacity, bytes + bytesPerSecond * (nowNanos - lastNanos) / NANOS_PER_SECOND);
        lastNanos = nowNanos;
    }

    boolean take(int size) {
        if (bytes < size) {
            return false;
        }
        bytes -= size;
        return true;
    }
}
