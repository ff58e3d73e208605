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
 */
public record Impairment(double loss, double burst, Duration delay, Duration jitter, double reordered, Duration held) {
    /** A perfect network. */
    public static final Impairment NONE = new Impairment(0, 1, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO);

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
        return new Impairment(share, inARow, delay, jitter, reordered, held);
    }

    /** The same with another delay. */
    public Impairment delaying(Duration least) {
        return new Impairment(loss, burst, least, jitter, reordered, held);
    }

    /** The same with a delay that varies. */
    public Impairment jittering(Duration most) {
        return new Impairment(loss, burst, delay, most, reordered, held);
    }

    /** The same with a share that is overtaken by what comes within a time. */
    public Impairment reordering(double share, Duration by) {
        return new Impairment(loss, burst, delay, jitter, share, by);
    }
}
