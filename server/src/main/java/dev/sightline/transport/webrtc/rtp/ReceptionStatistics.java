package dev.sightline.transport.webrtc.rtp;

import dev.sightline.transport.webrtc.rtp.RtcpPacket.ReportBlock;

/** The receiver's report about one source (RFC 3550, 6.4.1, A.3 and A.8). Used on the media thread. */
final class ReceptionStatistics {
    private static final long CLOCK_RATE = 90_000;
    private static final long TICKS_SCALE_NANOS = 100_000;
    private static final int GREATEST_LOST = 0x7F_FFFF;
    private static final long UNUSUAL_TICKS = 10 * CLOCK_RATE;

    private final long ssrc;
    private final long firstSeq;
    private long highestSeq;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private long lastTransit;
    private boolean hasTransit;
    private double jitter;
    private long senderNtp;
    private long senderNanos;

    ReceptionStatistics(long ssrc, long firstSeq) {
        this.ssrc = ssrc;
        this.firstSeq = firstSeq;
        this.highestSeq = firstSeq - 1;
    }

    void packet(long seq, long timestamp, long nowNanos) {
        received++;
        highestSeq = Math.max(highestSeq, seq);
        long ticks = nowNanos / TICKS_SCALE_NANOS * 9 + nowNanos % TICKS_SCALE_NANOS * 9 / TICKS_SCALE_NANOS;
        long transit = SerialNumbers.low32(ticks - timestamp);
        long change = Math.abs(SerialNumbers.ahead32(lastTransit, transit));
        if (hasTransit && change < UNUSUAL_TICKS) {
            jitter += (change - jitter) / 16;
        }
        lastTransit = transit;
        hasTransit = true;
    }

    void senderReport(long ntp, long nowNanos) {
        senderNtp = ntp;
        senderNanos = nowNanos;
    }

    long highestSeq() {
        return highestSeq;
    }

    long jitterNanos() {
        return (long) (jitter * 1e9 / CLOCK_RATE);
    }

    /** The report since the last one. */
    ReportBlock report(long nowNanos) {
        long expected = highestSeq - firstSeq + 1;
        long expectedNow = expected - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, lostNow * 256 / expectedNow);
        long lost = Math.max(-GREATEST_LOST, Math.min(GREATEST_LOST, expected - received));
        return new ReportBlock(
                ssrc,
                fraction,
                (int) lost,
                SerialNumbers.low32(highestSeq),
                (long) jitter,
                senderNtp == 0 ? 0 : NtpTime.middle(senderNtp),
                senderNtp == 0
                        ? 0
                        : SerialNumbers.low32(
                                NtpTime.middleOfNanos(Math.min(nowNanos - senderNanos, 65_535_000_000_000L))));
    }
}
