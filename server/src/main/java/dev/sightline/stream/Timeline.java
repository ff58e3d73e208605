package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.codec.RtpTime;

/**
 * The presentation timestamps of a stream's frames and slates: the same in every rendition, and always later than the one
 * before in RTP's clock. Usually it is the frame's capture time. A slate's is the current time; a frame captured earlier that
 * comes later must not precede it. Safe for use by any thread.
 */
final class Timeline {
    /** The smallest step of RTP's clock, rounded up. */
    static final long TICK_NANOS = 1_000_000_000L / RtpTime.CLOCK_RATE + 1;

    @GuardedBy("this")
    private long picture = Long.MIN_VALUE / 2;

    @GuardedBy("this")
    private long slate = Long.MIN_VALUE / 2;

    @GuardedBy("this")
    private long slateSeq;

    /** The timestamp of a frame; asked for in the order of sequence numbers. */
    synchronized long ofPicture(long seq, long captureNanos) {
        long earliest = picture;
        if (seq > slateSeq) {
            earliest = Math.max(earliest, slate);
        }
        picture = Math.max(captureNanos, earliest + TICK_NANOS);
        return picture;
    }

    /** The timestamp of a slate that is made now. */
    synchronized long ofSlate(long seq, long nowNanos) {
        slateSeq = seq;
        slate = Math.max(nowNanos, Math.max(picture, slate) + TICK_NANOS);
        return slate;
    }
}
