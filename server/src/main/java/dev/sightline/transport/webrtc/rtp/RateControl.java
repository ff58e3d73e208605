package dev.sightline.transport.webrtc.rtp;

import dev.sightline.codec.Rendition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Congestion control: chooses one viewer's rendition, out of several ordered from the best, by what the viewer reports. The
 * bandwidth estimation is the viewer's own (REMB); transport-cc, with which the sender estimates, is not negotiated.
 *
 * <p>It starts with the best. It goes down when the trouble lasts: a fifth of the packets lost in two reports
 * running, an estimate (REMB) well below what is being sent, or a round trip grown by 400 ms. Random loss below that is
 * left to retransmission. It goes up again after a calm of 1.5 s: straight to where it last stood well, else by one; if
 * that fails, the next calm must be twice as long, up to 64 s.
 *
 * <p>A browser's estimate grows only with what it receives, to one and a half times that, and is not yet worth anything
 * in the first seconds, nor after heavy losses. So a low estimate is no trouble while less than it is being sent, or while it rises,
 * nor a reason not to try more.
 *
 * <p>On the media thread; time is passed in, in nanoseconds of any one clock.
 */
public final class RateControl {
    private static final long SECOND = 1_000_000_000L;
    private static final long LEAST_CALM_NANOS = 1_500_000_000L;
    private static final long CALM_AFTER_CONGESTION_NANOS = 8 * SECOND;
    private static final long GREATEST_CALM_NANOS = 64 * SECOND;
    private static final long PROBATION_NANOS = 8 * SECOND;
    private static final long PROVEN_NANOS = 15 * SECOND;
    private static final long SETTLING_NANOS = 6 * SECOND;
    private static final long LASTING_NANOS = 1_500_000_000L;
    private static final double SUSTAINED_LOSS = 0.20;
    private static final double HEAVY_LOSS = 0.45;
    private static final double CALM_LOSS = 0.125;
    private static final double STRAINED_REMB = 0.75;
    private static final long GROWN_ROUND_TRIP_NANOS = 400_000_000L;
    private static final long CALM_ROUND_TRIP_NANOS = 200_000_000L;

    private List<Rendition.Video> rungs;
    private int rung;
    private int home;
    private final LossMeter loss = new LossMeter();
    private final BitrateMeter sent = new BitrateMeter();
    private final RoundTrips roundTrips = new RoundTrips();
    private final ConditionTimer lowEstimate = new ConditionTimer();
    private final ConditionTimer longRoundTrip = new ConditionTimer();
    private long remb = Long.MAX_VALUE;
    private boolean rembRises;
    private final long startNanos;
    private long changedNanos;
    private long calmSinceNanos;
    private long calmNanos = LEAST_CALM_NANOS;
    private boolean onProbation;
    private String reason = "the best there is";

    /** A viewer who starts with the first of these. */
    public RateControl(List<Rendition.Video> bestFirst, long nowNanos) {
        this.rungs = checked(bestFirst);
        this.startNanos = nowNanos;
        this.changedNanos = nowNanos;
        this.calmSinceNanos = nowNanos;
    }

    /**
     * Other renditions are offered from now on. A viewer who has the best stays with the best, as when the size becomes known; any
     * other stays where it is or goes to the next lower one.
     */
    public void offer(List<Rendition.Video> bestFirst, long nowNanos) {
        Rendition.Video old = rungs.get(rung);
        if (rungs.equals(bestFirst)) {
            return;
        }
        rungs = checked(bestFirst);
        home = 0;
        int target = rung == 0 ? 0 : fitting(old.bitsPerSecond());
        move(target, target == 0 || rungs.contains(old) ? reason : "other renditions are offered", nowNanos);
    }

    /** The rendition that the viewer should have now. To be asked a few times a second. */
    public Rendition.Video choose(long nowNanos) {
        sent.roll(nowNanos);
        judgeEstimate(nowNanos);
        Optional<Trouble> trouble = trouble(nowNanos);
        if (trouble.isPresent()) {
            descend(trouble.get(), nowNanos);
        } else if (!calm()) {
            calmSinceNanos = nowNanos;
        } else {
            standWell(nowNanos);
        }
        return rungs.get(rung);
    }

    /** Why the viewer has this rendition, for people: {@code the best there is}, {@code loss 34 %}. */
    public String reason() {
        return reason;
    }

    /** The share of packets lost in the last second or so, repaired or not. */
    double lossPercent() {
        return 100 * loss.share();
    }

    /** So many bytes went out. */
    void sent(int bytes, long nowNanos) {
        sent.add(bytes, nowNanos);
    }

    /** The viewer estimates what its way carries. */
    void remb(long bitsPerSecond, long nowNanos) {
        rembRises = bitsPerSecond > remb;
        remb = bitsPerSecond;
        judgeEstimate(nowNanos);
    }

    /** A report measured this round trip. */
    void roundTrip(long nanos, long nowNanos) {
        roundTrips.add(nanos, nowNanos);
        longRoundTrip.is(roundTrips.growth() > GROWN_ROUND_TRIP_NANOS, nowNanos);
    }

    /** A report counted this many packets: the highest sequence number (32 bits), and how many are missing. */
    void received(long highestSeq, int cumulativeLost, long nowNanos) {
        loss.report(highestSeq, cumulativeLost, nowNanos);
    }

    private void judgeEstimate(long nowNanos) {
        lowEstimate.is(!rembRises && remb < STRAINED_REMB * arriving(), nowNanos);
    }

    /** Bits a second that reach the viewer. */
    private double arriving() {
        return sent.bitsPerSecond() * (1 - loss.share());
    }

    private Optional<Trouble> trouble(long nowNanos) {
        if (loss.share() >= HEAVY_LOSS || loss.lasted(SUSTAINED_LOSS)) {
            boolean queueing = roundTrips.growth() > CALM_ROUND_TRIP_NANOS;
            return Optional.of(new Trouble("loss " + Math.round(lossPercent()) + " %", queueing));
        }
        if (longRoundTrip.since(nowNanos) >= LASTING_NANOS) {
            String grown =
                    "round trip " + roundTrips.last() / 1_000_000 + " ms, usually " + roundTrips.least() / 1_000_000;
            return Optional.of(new Trouble(grown, true));
        }
        boolean settled = nowNanos - startNanos >= SETTLING_NANOS || roundTrips.growth() > CALM_ROUND_TRIP_NANOS;
        if (settled && lowEstimate.since(nowNanos) >= LASTING_NANOS) {
            String low = String.format(
                    Locale.ROOT, "REMB %,d kbit/s of %,d sent", remb / 1_000, Math.round(sent.bitsPerSecond() / 1_000));
            return Optional.of(new Trouble(low, true));
        }
        return Optional.empty();
    }

    private boolean calm() {
        return loss.known()
                && loss.share() < CALM_LOSS
                && remb >= STRAINED_REMB * arriving()
                && roundTrips.growth() < CALM_ROUND_TRIP_NANOS;
    }

    private void descend(Trouble trouble, long nowNanos) {
        calmSinceNanos = nowNanos;
        if (rung == rungs.size() - 1) {
            return;
        }
        int target = Math.max(rung + 1, fitting(Math.min(remb, (long) arriving())));
        if (onProbation || trouble.congestion()) {
            home = target;
            calmNanos = Math.min(GREATEST_CALM_NANOS, calmNanos * 2);
        }
        if (trouble.congestion()) {
            calmNanos = Math.max(CALM_AFTER_CONGESTION_NANOS, calmNanos);
        }
        onProbation = false;
        move(target, trouble.what(), nowNanos);
    }

    private void standWell(long nowNanos) {
        long standing = nowNanos - Math.max(changedNanos, calmSinceNanos);
        if (rung > 0 && standing >= calmNanos) {
            int target = rung > home ? home : rung - 1;
            onProbation = true;
            move(
                    target,
                    target == 0 ? "the best there is" : "more after " + standing / SECOND + " s of calm",
                    nowNanos);
        } else if (standing >= PROBATION_NANOS) {
            onProbation = false;
            home = Math.min(home, rung);
            if (standing >= PROVEN_NANOS && rung == 0) {
                calmNanos = LEAST_CALM_NANOS;
            }
        }
    }

    private void move(int target, String why, long nowNanos) {
        if (target != rung) {
            changedNanos = nowNanos;
            calmSinceNanos = nowNanos;
            loss.restart();
            lowEstimate.restart();
            longRoundTrip.restart();
        }
        rung = target;
        reason = why;
    }

    /** The best rung that takes no more than this; the last one if all take more. */
    private int fitting(long bitsPerSecond) {
        for (int i = 0; i < rungs.size(); i++) {
            if (rungs.get(i).bitsPerSecond() <= bitsPerSecond) {
                return i;
            }
        }
        return rungs.size() - 1;
    }

    private static List<Rendition.Video> checked(List<Rendition.Video> bestFirst) {
        if (bestFirst.isEmpty()) {
            throw new IllegalArgumentException("a viewer needs at least one rendition to choose from");
        }
        return List.copyOf(bestFirst);
    }

    /** Why to go down, and whether it is the way that is full rather than packets lost at random. */
    private record Trouble(String what, boolean congestion) {}
}
