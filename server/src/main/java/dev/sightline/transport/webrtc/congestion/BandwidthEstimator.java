package dev.sightline.transport.webrtc.congestion;

import java.util.OptionalLong;

/**
 * Bandwidth estimation: how much the line to one peer carries, estimated by the sender from when packets were sent, and when the
 * peer says that they arrived.
 *
 * <p>By the delay it is Google Congestion Control (draft-ietf-rmcat-gcc-02, with libwebrtc's trendline filter). By loss it is
 * bounded to what arrives, but only where packets wait in a queue besides: random loss is repaired, and much of it is for
 * {@code RateControl} to judge. It grows faster than GCC where the trains of packets that frames are show that the line carries
 * more; if that fails, it waits twice as long.
 *
 * <p>Used by one thread; time is passed in as nanoseconds of any one clock.
 */
public final class BandwidthEstimator {
    private static final long FIRST_ROUND_TRIP_NANOS = 100_000_000;

    /** Of packets. */
    private static final double MUCH_LOSS = 0.2;

    private static final double SOME_LOSS = 0.05;

    /** Where packets wait so long, there is a queue that may overflow. */
    private static final long QUEUE_NANOS = 30_000_000;

    /** Of what the line carries: so much may be sent. */
    private static final double FULL = 0.8;

    /** Times what arrives: a step of the ladder is no larger. */
    private static final double MOST_GROWTH = 5;

    private final SentBursts sent = new SentBursts();
    private final PacketGroups groups = new PacketGroups(this::compared);
    private final TrendlineEstimator trendline = new TrendlineEstimator();
    private final OveruseDetector detector = new OveruseDetector();
    private final AcknowledgedRate acknowledged = new AcknowledgedRate();
    private final PacketTrains trains = new PacketTrains();
    private final LossShare loss = new LossShare();
    private final QueueDelay queue = new QueueDelay();
    private final Growth growth = new Growth();
    private final PathMtu mtu = new PathMtu();
    private final AimdRateControl rate;

    private long roundTripNanos = FIRST_ROUND_TRIP_NANOS;
    private LineUsage usage = LineUsage.NORMAL;
    private boolean overusedMeanwhile;
    private long queueNanos;
    private OptionalLong carried = OptionalLong.empty();
    private long nextSeq;
    private long highestSeq = -1;
    private long arrivalTicks;
    private boolean clockKnown;

    /** Creates one that believes in this rate, in bits per second, until feedback tells otherwise. */
    public BandwidthEstimator(long firstBitsPerSecond) {
        this.rate = new AimdRateControl(firstBitsPerSecond);
    }

    /**
     * Packets were sent at once.
     *
     * @param firstSeq the transport-wide sequence number of the first, not cut to 16 bits; the others follow
     * @param bytes of all of them, as UDP payload
     */
    public void sent(long firstSeq, int count, int bytes, long nowNanos) {
        sent.add(firstSeq, count, bytes, nowNanos);
        mtu.sent(count, (double) bytes / count, nowNanos);
        nextSeq = firstSeq + count;
    }

    /** Round trips are measured elsewhere. */
    public void roundTrip(long nanos) {
        roundTripNanos = nanos;
    }

    /** Feedback came. */
    public void feedback(TransportFeedback feedback, long nowNanos) {
        long first = nextSeq + (short) (feedback.firstSeq() - (int) nextSeq);
        overusedMeanwhile = false;
        for (int i = 0; i < feedback.arrivals().length; i++) {
            reported(first + i, feedback.arrivals()[i], nowNanos);
        }
        boolean overused = (overusedMeanwhile || usage == LineUsage.OVERUSED) && !isWide();
        LineUsage judged = overused ? LineUsage.OVERUSED : usage == LineUsage.OVERUSED ? LineUsage.NORMAL : usage;
        rate.update(judged, arriving(), roundTripNanos, nowNanos);
        boolean lossy = loss.isNew(nowNanos) && overflows();
        if (overused || lossy) {
            growth.failed(nowNanos);
            carried = OptionalLong.of(bitsPerSecond());
            trains.forget();
        } else if (usage == LineUsage.NORMAL && loss.share() < MUCH_LOSS) {
            grow(nowNanos);
        }
    }

    /** Packets were sent that no feedback will tell of. */
    public void unnumbered(long nowNanos) {
        mtu.unnumbered(nowNanos);
        loss.restart(nowNanos);
    }

    private void reported(long seq, long arrival, long nowNanos) {
        int burst = sent.of(seq);
        if (burst == SentBursts.NONE) {
            return;
        }
        boolean isNew = seq > highestSeq;
        highestSeq = Math.max(seq, highestSeq);
        if (arrival == TransportFeedback.LOST) {
            if (isNew) {
                loss.lost();
                mtu.lost(sent.packetBytes(burst));
            }
            return;
        }
        if (isNew) {
            loss.arrived();
        } else {
            loss.late();
        }
        mtu.arrived(sent.packetBytes(burst), nowNanos);
        long arrivalNanos = arrivalNanos(arrival);
        acknowledged.arrived(sent.packetBytes(burst), arrivalNanos);
        trains.arrived(seq, sent.sentNanos(burst), sent.packetBytes(burst), arrivalNanos);
        queue.arrived(sent.sentNanos(burst), arrivalNanos);
        groups.arrived(sent.sentNanos(burst), arrivalNanos);
    }

    /** The receiver's clock begins anew every 12 days. */
    private long arrivalNanos(long ticks) {
        arrivalTicks = clockKnown ? arrivalTicks + (int) (ticks - arrivalTicks) : ticks;
        clockKnown = true;
        return arrivalTicks * TransportFeedback.TICK_NANOS;
    }

    private void compared(long arrivalNanos, long sentApartNanos, long longerNanos) {
        trendline.add(arrivalNanos, longerNanos);
        usage = detector.detect(trendline.slope(), trendline.groups(), sentApartNanos, arrivalNanos);
        overusedMeanwhile |= usage == LineUsage.OVERUSED;
    }

    /** Where packets wait in a queue and some are lost, it is full: what arrives is what the line carries. */
    private boolean overflows() {
        queueNanos = queue.takeMeanNanos();
        if (queueNanos < QUEUE_NANOS || loss.share() < SOME_LOSS || arriving().isEmpty()) {
            return false;
        }
        rate.bound(arriving().getAsLong());
        return true;
    }

    /**
     * Whether the line carries clearly more than arrives: then a queue is that of one large frame and drains by itself, or a
     * delay has other reasons, such as a busy receiver.
     */
    private boolean isWide() {
        return arriving().isPresent()
                && capacity().isPresent()
                && arriving().getAsLong() < FULL * capacity().getAsLong();
    }

    private void grow(long nowNanos) {
        if (arriving().isPresent() && capacity().isPresent() && growth.isDue(nowNanos)) {
            double target = Math.min(
                    FULL * capacity().getAsLong(), MOST_GROWTH * arriving().getAsLong());
            carried = OptionalLong.of(
                    Math.round(Math.min(FULL * capacity().getAsLong(), Math.max(target, rate.bitsPerSecond()))));
            if (target > rate.bitsPerSecond()) {
                growth.tried(nowNanos);
                rate.carries(target);
            } else {
                growth.vain(nowNanos);
            }
        }
    }

    /**
     * Whether a train of packets should be sent, so that it becomes known whether the line carries more: it is time to try, and
     * the frames alone do not tell.
     */
    public boolean wantsTrain(long nowNanos) {
        return usage == LineUsage.NORMAL
                && loss.share() < MUCH_LOSS
                && growth.isDue(nowNanos)
                && capacity().isEmpty();
    }

    /** The viewer sent any RTCP packet. */
    public void heard(long nowNanos) {
        mtu.heard(nowNanos);
    }

    /** The largest datagram that passes, in bytes of UDP payload: 1,200 until larger ones than others are lost. */
    public int mtu() {
        return mtu.bytes();
    }

    /** The estimate, in bits per second. */
    public long bitsPerSecond() {
        return Math.round(rate.bitsPerSecond());
    }

    /** What the line itself carries, by the trains of packets that frames are; empty if that is unknown. */
    public OptionalLong capacity() {
        return trains.bitsPerSecond();
    }

    /** What the line was last measured to carry, and not more than the estimate since; empty if it never was. */
    public OptionalLong carried() {
        return carried.isEmpty() ? carried : OptionalLong.of(Math.min(carried.getAsLong(), bitsPerSecond()));
    }

    /** The share of packets that did not arrive in the last half second or so, 0 to 1. */
    public double lossShare() {
        return loss.share();
    }

    /** How long packets waited in queues in the last half second or so, in the mean. */
    public long queueNanos() {
        return queueNanos;
    }

    /** Bits per second that arrive; empty until enough did. */
    public OptionalLong arriving() {
        return acknowledged.bitsPerSecond();
    }
}
