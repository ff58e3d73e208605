package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopRateTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int BASE = 1_000_000;
    private static final int CAP = 1_600_000;

    private static final Rendition VP8 = new Rendition.Video(Codec.VP8, Rendition.SOURCE_WIDTH, BASE);

    private final TopRate top = new TopRate();
    private final EncoderLoad load = new EncoderLoad();
    private long now;
    private long frames;
    private long skipped;

    @BeforeEach
    void encodersKeepUp() {
        for (int i = 0; i < 10; i++) {
            look(0);
        }
    }

    @Test
    void lineCarriesMuchMore_isTheCapAfterFiveSeconds() {
        assertThat(after(4, 10_000_000)).isEqualTo(BASE);
        assertThat(after(1, 10_000_000)).isEqualTo(CAP);
    }

    @Test
    void lineCarriesSomewhatMore_isRaisedHalfTheWay() {
        assertThat(after(20, 1_500_000)).isEqualTo(BASE);
        assertThat(after(20, 1_800_000)).isEqualTo(1_300_000);
    }

    @Test
    void nobodyKnows_stays() {
        assertThat(after(20, 0)).isEqualTo(BASE);
    }

    @Test
    void lineCarriesLess_isLoweredWithinThreeSeconds_andWaitsTwiceAsLongEachTime() {
        after(10, 10_000_000);

        assertThat(after(3, 1_400_000)).isEqualTo(1_300_000);
        assertThat(after(28, 10_000_000)).isEqualTo(1_300_000);
        assertThat(after(8, 10_000_000)).isEqualTo(CAP);
        after(3, 1_400_000);
        assertThat(after(58, 10_000_000)).isEqualTo(1_300_000);
        assertThat(after(8, 10_000_000)).isEqualTo(CAP);
    }

    @Test
    void bestOfSeveralLinesCounts() {
        for (int i = 0; i < 20; i++) {
            top.carries(500_000);
            after(1, 10_000_000);
        }

        assertThat(after(1, 10_000_000)).isEqualTo(CAP);
    }

    @Test
    void encodersAreBusy_isTheBaseAtOnce() {
        after(10, 10_000_000);
        for (int i = 0; i < 3; i++) {
            look(0.5);
        }

        assertThat(after(1, 10_000_000)).isEqualTo(BASE);
    }

    @Test
    void encodersLeaveSomeOut_isNotRaised() {
        look(0.03);

        assertThat(after(7, 10_000_000)).isEqualTo(BASE);
    }

    @Test
    void capBelowTheBase_isTheBase() {
        for (int i = 0; i < 20; i++) {
            now += SECOND;
            top.carries(10_000_000);
            assertThat(top.rate(BASE, 500_000, load, now)).isEqualTo(BASE);
        }
    }

    /** After so many seconds, in which a line carries so much; 0: nobody knows. */
    private int after(int seconds, long bitsPerSecond) {
        int rate = 0;
        for (int i = 0; i < seconds; i++) {
            now += SECOND;
            look(0);
            if (bitsPerSecond > 0) {
                top.carries(bitsPerSecond);
            }
            rate = top.rate(BASE, CAP, load, now);
        }
        return rate;
    }

    /** The encoders leave out such a share for a while. */
    private void look(double share) {
        frames += 100;
        skipped += Math.round(share * 100);
        load.see(StreamLooks.live(640, 480, 30, frames, StreamLooks.rendition(VP8, skipped)));
    }
}
