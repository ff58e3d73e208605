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
        delay.lost(ROUND_TRIP, 10, now);
        passes(5 * SECOND);
        delay.lost(ROUND_TRIP, 10, now);
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

        assertThat(delay.value(now)).isEqualTo(28 << 12 | LONGEST);
    }

    @Test
    void value_longRoundTrip_isBounded() {
        passes(SECOND);
        delay.lost(SECOND, 10, now);
        delay.lost(SECOND, 10, now);
        passes(3 * SECOND);

        assertThat(delay.value(now)).isEqualTo(LONGEST << 12 | LONGEST);
    }

    @Test
    void value_littleLost_isOneRoundTripAndABit() {
        passes(SECOND);
        delay.lost(ROUND_TRIP, 2, now);
        delay.lost(ROUND_TRIP, 2, now);
        passes(SECOND);

        assertThat(delay.value(now)).isEqualTo(10 << 12 | LONGEST);
    }

    /** As after a spell of long round trips, while single packets are still lost. */
    @Test
    void value_roundTripIsShortAgain_followsItDownWithinSeconds() {
        passes(SECOND);
        delay.lost(SECOND, 10, now);
        delay.lost(SECOND, 10, now);
        passes(2 * SECOND);
        assertThat(least).isEqualTo(LONGEST);

        for (int i = 0; i < 60; i++) {
            loses();
            passes(SECOND / 10);
        }
        assertThat(least).isEqualTo(28);
    }

    /** A delay that grows slows the video down. */
    @Test
    void value_needVariesFromSecondToSecond_isTheGreater() {
        passes(SECOND);
        for (int i = 0; i < 20; i++) {
            delay.lost(ROUND_TRIP, i % 2 == 0 ? 10 : 2, now);
            delay.lost(ROUND_TRIP, i % 2 == 0 ? 10 : 2, now);
            passes(SECOND);
            assertThat(least).isEqualTo(28);
        }
    }

    @Test
    void value_noMoreLost_shrinksGentlyToNoneAfterAWhile() {
        passes(SECOND);
        loses();
        passes(2 * SECOND);
        assertThat(least).isEqualTo(28);
        passes(SECOND + SECOND / 2);
        assertThat(least).isBetween(1, 27);
        passes(2 * SECOND);

        assertThat(delay.value(now)).isZero();
    }

    private void loses() {
        delay.lost(ROUND_TRIP, 10, now);
        delay.lost(ROUND_TRIP, 10, now);
    }

    private void passes(long nanos) {
        for (long end = now + nanos; now < end; ) {
            now = Math.min(end, now + PICTURE);
            least = delay.value(now) >> 12;
        }
    }
}
