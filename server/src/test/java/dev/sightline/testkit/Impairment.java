package dev.sightline.testkit;

import java.time.Duration;

/**
 * What a poor network does to packets in one direction.
 *
 * @param loss the share that is lost, 0 to 1
 * @param burst how many packets in a row are lost on average; 1: each by chance of its own
 * @param delay how long each takes at least
 * @param jitter how much longer at most, by chance; it changes no order
 * @param reordered the share that is held back beyond that, 0 to 1, so that later ones overtake
 * @param held for how long those are held back
 * @param link the narrowest link on the way
 */
public record Impairment(
        double loss, double burst, Duration delay, Duration jitter, double reordered, Duration held, Link link) {
    /**
     * A link that carries only so much.
     *
     * @param bitsPerSecond of UDP payload
     * @param queue what would wait longer is dropped
     * @param mtu the largest datagram, in bytes of UDP payload; larger ones are dropped
     */
    public record Link(double bitsPerSecond, Duration queue, int mtu) {
        /** Whatever comes goes through at once. */
        public static final Link WIDE = new Link(Double.POSITIVE_INFINITY, Duration.ZERO, 65_536);
    }

    /** A perfect network. */
    public static final Impairment NONE =
            new Impairment(0, 1, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO, Link.WIDE);

    /** A network that carries nothing. */
    public static final Impairment CUT = NONE.losing(1);

    /** Checks the ranges. */
    public Impairment {
        if (loss < 0 || loss > 1 || reordered < 0 || reordered > 1 || burst < 1) {
            throw new IllegalArgumentException("shares are 0 to 1, a burst has 1 packet or more");
        }
    }

    /** The same with another share lost, each packet by chance of its own. */
    public Impairment losing(double share) {
        return losing(share, 1);
    }

    /** The same with another share lost, on average so many in a row. */
    public Impairment losing(double share, double inARow) {
        return new Impairment(share, inARow, delay, jitter, reordered, held, link);
    }

    /** The same with another delay. */
    public Impairment delaying(Duration least) {
        return new Impairment(loss, burst, least, jitter, reordered, held, link);
    }

    /** The same with a delay that varies. */
    public Impairment jittering(Duration most) {
        return new Impairment(loss, burst, delay, most, reordered, held, link);
    }

    /** The same with a share that is overtaken by what comes within a time. */
    public Impairment reordering(double share, Duration by) {
        return new Impairment(loss, burst, delay, jitter, share, by, link);
    }

    /** The same through a link that carries so many bits per second, with a queue before it. */
    public Impairment narrowing(double bitsPerSecond, Duration queue) {
        return new Impairment(loss, burst, delay, jitter, reordered, held, new Link(bitsPerSecond, queue, link.mtu()));
    }

    /** The same, but datagrams of more bytes than this are lost without a word. */
    public Impairment swallowingAbove(int bytes) {
        return new Impairment(
                loss, burst, delay, jitter, reordered, held, new Link(link.bitsPerSecond(), link.queue(), bytes));
    }
}
