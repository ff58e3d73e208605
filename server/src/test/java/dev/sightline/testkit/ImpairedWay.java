package dev.sightline.testkit;

import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Decides for one packet after the other what a poor network does to it. The same seed gives the same fates. */
final class ImpairedWay {
    private final SplittableRandom random;
    private boolean inBurst;
    private long lastDueNanos = Long.MIN_VALUE;
    private long freeNanos = Long.MIN_VALUE / 2;

    ImpairedWay(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** When a packet of so many bytes that comes now is to go on, in the same clock; empty if it is lost. */
    OptionalLong due(Impairment impairment, int bytes, long nowNanos) {
        boolean lost = isLost(impairment);
        Impairment.Link link = impairment.link();
        if (lost || bytes > link.mtu() || waiting(link, nowNanos) > link.queue().toNanos()) {
            return OptionalLong.empty();
        }
        freeNanos = nowNanos + waiting(link, nowNanos) + (long) (bytes * 8e9 / link.bitsPerSecond());
        long due = freeNanos
                + impairment.delay().toNanos()
                + (long) (random.nextDouble() * impairment.jitter().toNanos());
        if (random.nextDouble() < impairment.reordered()) {
            return OptionalLong.of(due + impairment.held().toNanos());
        }
        lastDueNanos = Math.max(due, lastDueNanos);
        return OptionalLong.of(lastDueNanos);
    }

    /** How long a packet that comes now waits for those before it. */
    private long waiting(Impairment.Link link, long nowNanos) {
        return link.bitsPerSecond() == Double.POSITIVE_INFINITY ? 0 : Math.max(0, freeNanos - nowNanos);
    }

    /** By chance, or after Gilbert's two states: in one all is lost, in the other nothing. */
    private boolean isLost(Impairment impairment) {
        if (impairment.burst() <= 1 || impairment.loss() >= 1) {
            return random.nextDouble() < impairment.loss();
        }
        double leave = 1 / impairment.burst();
        double enter = impairment.loss() * leave / (1 - impairment.loss());
        inBurst = inBurst ? random.nextDouble() >= leave : random.nextDouble() < enter;
        return inBurst;
    }
}
