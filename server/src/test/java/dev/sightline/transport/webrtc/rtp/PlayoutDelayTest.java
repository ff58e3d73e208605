package dev.sightline.transport.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlayoutDelayTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long ROUND_TRIP = 60_000_000L;
    private static final long PICTURE = SECOND / 30;
    private static final int LONGEST = 60;

    private final PlayoutDelay delay = new PlayoutDelay();
    private long now = 1_000 * SECOND;
    private int least;

    @Test
    void value_nothingOrOnePacketLost_none() {
        assertThat(delay.value(now)).isZero();
        delay.lost(ROUND_TRIP, now);
        passes(5 * SECOND);
        delay.lost(ROUND_TRIP, now);
        passes(5 * SECOND);

        assertThat(delay.value(now)).isZero();
    }

    @Test
    void value_packetsLost_growsGentlyToFourRoundTripsAndABit() {
        passes(SECOND);
        loses();
        passes(PICTURE);
        assertThat(least).isBetween(1, 2);
        passes(SECOND);

        assertThat(delay.value(now)).isEqualTo(30 << 12 | LONGEST);
    }

    @Test
    void value_longRoundTrip_isBounded() {
        passes(SECOND);
        delay.lost(SECOND, now);
        delay.lost(SECOND, now);
        passes(3 * SECOND);

        assertThat(delay.value(now)).isEqualTo(LONGEST << 12 | LONGEST);
    }

    @Test
    void value_noMoreLost_shrinksGentlyToNoneAfterAWhile() {
        passes(SECOND);
        loses();
        passes(15 * SECOND);
        assertThat(least).isEqualTo(30);
        passes(SECOND);
        assertThat(least).isBetween(15, 25);
        passes(3 * SECOND);

        assertThat(delay.value(now)).isZero();
    }

    private void loses() {
        delay.lost(ROUND_TRIP, now);
        delay.lost(ROUND_TRIP, now);
    }

    private void passes(long nanos) {
        for (long end = now + nanos; now < end; ) {
            now = Math.min(end, now + PICTURE);
            least = delay.value(now) >> 12;
        }
    }
}
