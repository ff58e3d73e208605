package dev.sightline.transport.webrtc.rtp;

import dev.sightline.codec.Rendition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Congestion control: chooses one viewer's rendition, from several in descending order of quality.
 *
 * <p>It starts with the best. Where the sender {@linkplain #estimated estimates} what the line carries, it takes the best that
 * fits: down as soon as the estimate is below what is sent for 0.8 s, up when the estimate allows more than it needs.
 *
 * <p>Elsewhere it goes by the viewer's reports and its own estimate (REMB). It goes down when trouble lasts: an estimate well
 * below the sending rate, or a round trip that grew by 400 ms. By either way it goes down when a fifth of the packets are lost
 * in two consecutive reports, a quarter where the estimate has room. Random loss below that is left to retransmission. It goes
 * up after a calm of 1.5 s: straight to the last good rendition, otherwise by one. If that fails, the next calm must be twice as
 * long, up to 64 s.
 *
 * <p>A browser's estimate grows only with what it receives, to one and a half times that, and is useless in the first seconds
 * and after heavy losses. So a low estimate counts neither as trouble, while less is sent or while it rises, nor as a reason
 * not to try more.
 *
 * <p>Used on the media thread; time is passed in as nanoseconds of any one clock.
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

    /** Where the estimate says that the line carries it; of what is lost by chance in rows, two reports may well tell a fifth. */
    private static final double SUSTAINED_LOSS_WITH_ROOM = 0.26;

    private static final double HEAVY_LOSS = 0.45;
    private static final double CALM_LOSS = 0.125;
    private static final double STRAINED_REMB = 0.75;
    private static final double STRAINED = 0.9;
    private static final double HEADROOM = 1.15;
    private static final double LEAST_EASE = 0.3;
    private static final long TOO_MUCH_NANOS = 800_000_000L;
    private static final long GROWN_ROUND_TRIP_NANOS = 400_000_000L;
    private static final long CALM_ROUND_TRIP_NANOS = 200_000_000L;
    private static final long HARDLY_LONGER_NANOS = 30_000_000L;

    private List<Rendition.Video> rungs;
    private int rung;
    private int home;
    private final LossMeter loss = new LossMeter();
    private final BitrateMeter sent = new BitrateMeter();
    private final TemporalLayerLimit layers = new TemporalLayerLimit();
    private final RoundTrips roundTrips = new RoundTrips();
    private final ConditionTimer lowEstimate = new ConditionTimer();
    private final ConditionTimer longRoundTrip = new ConditionTimer();
    private long remb = Long.MAX_VALUE;
    private boolean rembRises;
    private OptionalLong estimate = OptionalLong.empty();
    private final ConditionTimer tooMuch = new ConditionTimer();
    private final long startNanos;
    private long changedNanos;
    private long calmSinceNanos;
    private long calmNanos = LEAST_CALM_NANOS;
    private boolean onProbation;
    private String reason = "the best there is";

    /** Creates one for a viewer that starts with the first of these. */
    public RateControl(List<Rendition.Video> bestFirst, long nowNanos) {
        this.rungs = checked(bestFirst);
        this.startNanos = nowNanos;
        this.changedNanos = nowNanos;
        this.calmSinceNanos = nowNanos;
    }

    /**
     * Offers other renditions from now on. A viewer with the best rendition gets the new best, for example when the size
     * becomes known; any other keeps its rendition or goes to the next lower one.
     */
    public void offer(List<Rendition.Video> bestFirst, long nowNanos) {
        Rendition.Video old = rungs.get(rung);
        if (rungs.equals(bestFirst)) {
            return;
        }
        double ease = ease();
        rungs = checked(bestFirst);
        home = 0;
        int target = rung == 0 ? 0 : fitting(old.bitsPerSecond());
        if (estimate.isPresent() && (rung == 0 || !rungs.contains(old))) {
            target = allowed(rung == 0 ? 1 : HEADROOM, ease);
        }
        move(target, target == 0 || rungs.contains(old) ? reason : "other renditions are offered", nowNanos);
    }

    /** The rendition the viewer should have now. Ask a few times a second. */
    public Rendition.Video choose(long nowNanos) {
        sent.roll(nowNanos);
        judgeEstimate(nowNanos);
        judgeSending(nowNanos);
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

    /** What there is to choose from, best first. */
    public List<Rendition.Video> offered() {
        return rungs;
    }

    /** The share of packets lost in the last second or so, repaired or not. */
    double lossPercent() {
        return 100 * loss.share();
    }

    /** Counts bytes that were sent, or would have been if the viewer took all temporal layers. */
    void sent(int bytes, long nowNanos) {
        sent.add(bytes, nowNanos);
    }

    /** What the line carries as the sender estimates it, in bits per second; decides from now on. */
    void estimated(long bitsPerSecond, long nowNanos) {
        estimate = OptionalLong.of(bitsPerSecond);
        judgeSending(nowNanos);
        judgeLayers(nowNanos);
    }

    /** Where there is no smaller rendition, fewer frames remain. */
    private void judgeLayers(long nowNanos) {
        if (rung < rungs.size() - 1 || !sent.isKnown()) {
            layers.restart();
        } else {
            layers.judge(sent.bitsPerSecond(), estimate, nowNanos);
        }
    }

    /** The highest {@linkplain dev.sightline.frame.EncodedFrame#temporalLayer temporal layer} that the viewer should get. */
    public int highestLayer() {
        return layers.highest();
    }

    /** Whether frames are to be left out for this viewer. */
    public boolean needsLayers() {
        return layers.highest() < TemporalLayerLimit.HIGHEST;
    }

    /** Whether {@link #estimated} was ever called. */
    boolean isEstimated() {
        return estimate.isPresent();
    }

    /** Whether there is a better rendition than the viewer's. */
    boolean hasBetter() {
        return rung > 0;
    }

    /** Whether the viewer has the best rendition, and its line carries clearly more without loss or delay. */
    boolean isCalm() {
        boolean quick = lossPercent() < 1 && roundTrips.growth() < HARDLY_LONGER_NANOS;
        return quick && rung == 0 && !needsLayers() && hasRoom();
    }

    /** The viewer's bandwidth estimate. */
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

    /** A report gave these counts: the highest sequence number (32 bits), and how many packets are missing. */
    void received(long highestSeq, int cumulativeLost, long nowNanos) {
        loss.report(highestSeq, cumulativeLost, nowNanos);
    }

    private void judgeSending(long nowNanos) {
        tooMuch.is(estimate.isPresent() && estimate.getAsLong() < STRAINED * sent.bitsPerSecond(), nowNanos);
    }

    private void judgeEstimate(long nowNanos) {
        lowEstimate.is(!rembRises && remb < STRAINED_REMB * arriving(), nowNanos);
    }

    /** Bits per second that reach the viewer. */
    private double arriving() {
        return sent.bitsPerSecond() * (1 - loss.share());
    }

    private Optional<Trouble> trouble(long nowNanos) {
        if (loss.share() >= HEAVY_LOSS || loss.lasted(hasRoom() ? SUSTAINED_LOSS_WITH_ROOM : SUSTAINED_LOSS)) {
            boolean queueing = roundTrips.growth() > CALM_ROUND_TRIP_NANOS;
            return Optional.of(new Trouble("loss " + Math.round(lossPercent()) + " %", queueing));
        }
        if (estimate.isPresent()) {
            return tooMuch.since(nowNanos) < TOO_MUCH_NANOS
                    ? Optional.empty()
                    : Optional.of(new Trouble(
                            String.format(
                                    Locale.ROOT,
                                    "the line carries %,d kbit/s of %,d sent",
                                    estimate.getAsLong() / 1_000,
                                    Math.round(sent.bitsPerSecond() / 1_000)),
                            true));
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

    /** Whether the line is known to carry well more than is sent. */
    private boolean hasRoom() {
        return estimate.isPresent() && estimate.getAsLong() > HEADROOM * sent.bitsPerSecond();
    }

    private boolean calm() {
        if (estimate.isPresent()) {
            return loss.share() < CALM_LOSS
                    && (rung == 0
                            || estimate.getAsLong()
                                    >= HEADROOM * ease() * rungs.get(rung - 1).bitsPerSecond());
        }
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
        int target = Math.max(rung + 1, fitting());
        boolean guessed = trouble.congestion() && estimate.isEmpty();
        if (onProbation || guessed) {
            home = target;
            calmNanos = Math.min(GREATEST_CALM_NANOS, calmNanos * 2);
        }
        if (guessed) {
            calmNanos = Math.max(CALM_AFTER_CONGESTION_NANOS, calmNanos);
        }
        onProbation = false;
        move(target, trouble.what(), nowNanos);
    }

    private void standWell(long nowNanos) {
        long standing = nowNanos - Math.max(changedNanos, calmSinceNanos);
        if (rung > 0 && standing >= calmNanos) {
            int target = estimate.isPresent() ? allowed(HEADROOM, ease()) : rung > home ? home : rung - 1;
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
            if (estimate.isPresent()) {
                sent.restart();
            }
            lowEstimate.restart();
            longRoundTrip.restart();
            tooMuch.restart();
        }
        rung = target;
        reason = why;
    }

    /** The best rung for what arrives. */
    private int fitting() {
        if (estimate.isEmpty()) {
            return fitting(Math.min(remb, (long) arriving()));
        }
        return allowed(1, ease());
    }

    /** The best rung for our own estimate, with so many times what it needs. */
    private int allowed(double headroom, double ease) {
        int best = 0;
        while (best < rungs.size() - 1 && headroom * ease * rungs.get(best).bitsPerSecond() > estimate.orElse(0)) {
            best++;
        }
        return best;
    }

    /** The share of its rate that a rendition will need: all, or less if the current one needs less of its own. */
    private double ease() {
        double ease = sent.isKnown() ? sent.bitsPerSecond() / rungs.get(rung).bitsPerSecond() : 1;
        return Math.max(LEAST_EASE, Math.min(1, ease));
    }

    /** The best rung that needs no more than this; the last one if all need more. */
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

    /** Why to go down, and whether because of congestion rather than random loss. */
    private record Trouble(String what, boolean congestion) {}
}
