package dev.sightline.stream;

import dev.sightline.codec.RtpTime;

/**
 * The places in time of a stream's pictures and slates: one for each, the same in every rendition, and as RTP counts time
 * always later than the one before. Usually that is a picture's capture time; a slate's is the present, which a picture
 * that was captured earlier and comes later must not undercut. Safe for use by any thread.
 */
final class Timeline {
    /** The least step that RTP can tell, rounded up. */
    static final long TICK_NANOS = 1_000_000_000L / RtpTime.CLOCK_RATE + 1;

    private long picture = Long.MIN_VALUE / 2;
    private long slate = Long.MIN_VALUE / 2;
    private long slateSeq;

    /** Where a picture belongs; pictures are asked for in the order of their numbers. */
    synchronized long ofPicture(long seq, long captureNanos) {
        long earliest = picture;
        if (seq > slateSeq) {
            earliest = Math.max(earliest, slate);
        }
        picture = Math.max(captureNanos, earliest + TICK_NANOS);
        return picture;
    }

    /** Where a slate belongs that is made now. */
    synchronized long ofSlate(long seq, long nowNanos) {
        slateSeq = seq;
        slate = Math.max(nowNanos, Math.max(picture, slate) + TICK_NANOS);
        return slate;
    }
}
