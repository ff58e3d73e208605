package dev.sightline.transport.webrtc.rtp;

import dev.sightline.transport.webrtc.congestion.BandwidthEstimator;
import dev.sightline.transport.webrtc.rtp.SenderStatistics.Retransmissions;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Answers a viewer's NACKs: sends lost packets again where that helps. What is missing for too long, or before a keyframe that
 * went out since, is given up; so is what does not fit into the {@linkplain Allowance bandwidth}, since on a full line it would
 * only displace the video. Used on the media thread.
 */
final class Repairs {
    private static final long FIRST_ROUND_TRIP_NANOS = 100_000_000L;
    private static final long LEAST_AGAIN_NANOS = 10_000_000L;
    private static final double MUCH_LOSS_PERCENT = 5;

    /** In one message; browsers store as many. */
    private static final int MOST_ASKED_FOR = 1_000;

    /** So long after a keyframe, nobody waits for what was before it. */
    private static final long OUTDATED_NANOS = 200_000_000L;

    /** On a line that is not wide, a packet that is missing for longer than this, and the way there and back, is given up. */
    private static final long LATE_NANOS = 500_000_000L;

    /** At most one keyframe in this time stands for what was given up. */
    private static final long KEYFRAME_NANOS = 1_000_000_000L;

    private final OutgoingPackets out;
    private final RateControl rate;
    private final @Nullable BandwidthEstimator bandwidth;
    private final ParameterSetLossGuard doubt;
    private final Runnable keyframeWanted;
    private final Allowance allowance = new Allowance();
    private final PlayoutDelay playoutDelay = new PlayoutDelay();
    private long videoBits;
    private long roundTripNanos = FIRST_ROUND_TRIP_NANOS;
    private long keyframeSeq;
    private long keyframeNanos;
    private long givenUpNanos;

    private long packets;
    private long bytes;
    private long nacked;
    private long unrecoverable;
    private long withheld;

    Repairs(
            OutgoingPackets out,
            RateControl rate,
            @Nullable BandwidthEstimator bandwidth,
            ParameterSetLossGuard doubt,
            Runnable keyframeWanted) {
        this.out = out;
        this.rate = rate;
        this.bandwidth = bandwidth;
        this.doubt = doubt;
        this.keyframeWanted = keyframeWanted;
    }

    /** A frame of a rendition with this rate is sent next. */
    void frame(boolean keyframe, int bitsPerSecond, long nowNanos) {
        videoBits = bitsPerSecond;
        if (keyframe) {
            keyframeSeq = out.nextSeq();
            keyframeNanos = nowNanos;
        }
        out.playoutDelay(playoutDelay.value(nowNanos));
    }

    void roundTrip(OptionalLong nanos) {
        nanos.ifPresent(known -> roundTripNanos = known);
    }

    /** The viewer misses packets with these numbers, 0 to 65,535. */
    void nack(List<Integer> seqs, long nowNanos) {
        allowance.refill(videoBits, line(), nowNanos);
        nacked += seqs.size();
        long packetsBefore = packets;
        long bytesBefore = bytes;
        for (int low : seqs.subList(0, Math.min(seqs.size(), MOST_ASKED_FOR))) {
            repair(SerialNumbers.unwrap16(out.nextSeq(), low), nowNanos);
        }
        withheld += Math.max(0, seqs.size() - MOST_ASKED_FOR);
        rate.sent((int) (bytes - bytesBefore), nowNanos);
        out.together((int) (packets - packetsBefore), (int) (bytes - bytesBefore), nowNanos);
    }

    private void repair(long seq, long nowNanos) {
        RetransmissionHistory sent = out.sent();
        FeedPacket packet = sent.packet(seq);
        if (packet == null) {
            unrecoverable++;
        } else if (seq < keyframeSeq && nowNanos - keyframeNanos > OUTDATED_NANOS) {
            withheld++;
        } else if (nowNanos - sent.sentNanos(seq) > LATE_NANOS + roundTripNanos && !isWide()) {
            giveUp(nowNanos);
        } else if (!sent.sentAgainSince(seq, nowNanos - Math.max(LEAST_AGAIN_NANOS, roundTripNanos / 2) + 1)) {
            if (!sent.wasSentAgain(seq)) {
                missedFirst(seq, nowNanos);
            }
            again(packet, seq, nowNanos);
            // With heavy losses the repair may be lost as well, which would cost another round trip.
            if (out.hasRtx() && rate.lossPercent() >= MUCH_LOSS_PERCENT && isWide()) {
                again(packet, seq, nowNanos);
            }
        }
    }

    private void missedFirst(long seq, long nowNanos) {
        playoutDelay.lost(roundTripNanos, rate.lossPercent(), nowNanos);
        if (doubt.missing(seq)) {
            keyframeWanted.run();
        }
    }

    /** A keyframe repairs everything at once, when single packets would come too late. */
    private void giveUp(long nowNanos) {
        withheld++;
        if (nowNanos - givenUpNanos > KEYFRAME_NANOS && nowNanos - keyframeNanos > KEYFRAME_NANOS) {
            givenUpNanos = nowNanos;
            keyframeWanted.run();
        }
    }

    private void again(FeedPacket packet, long seq, long nowNanos) {
        if (allowance.take(packet.payload().length)) {
            bytes += out.again(packet, seq, nowNanos);
            packets++;
        } else {
            withheld++;
        }
    }

    /** Whether the line carries the video twice: then repairs displace nothing. */
    private boolean isWide() {
        return line() >= 2 * videoBits;
    }

    /** Bits per second that the line carries; where nobody knows, what video and repairs may need at most. */
    private long line() {
        return bandwidth == null ? 2 * videoBits : bandwidth.bitsPerSecond();
    }

    Retransmissions statistics() {
        return new Retransmissions(nacked, packets, bytes, unrecoverable, withheld);
    }
}
