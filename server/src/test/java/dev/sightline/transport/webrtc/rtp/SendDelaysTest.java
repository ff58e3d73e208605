package dev.sightline.transport.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import dev.sightline.transport.webrtc.rtp.SendDelays.Percentiles;
import org.junit.jupiter.api.Test;

class SendDelaysTest {
    private static final long MILLI = 1_000_000;

    private final SendDelays delays = new SendDelays();

    @Test
    void pictureSentToSeveral_countsOnceByTheLast() {
        delays.sent(7, 3 * MILLI, 2 * MILLI);
        delays.sent(7, 5 * MILLI, 2 * MILLI);

        assertThat(delays.inAll()).isEqualTo(new Percentiles(5, 5, 5));
        assertThat(delays.beyondEncoding()).isEqualTo(new Percentiles(3, 3, 3));
        assertThat(delays.fromFirstToLast()).isEqualTo(new Percentiles(2, 2, 2));
    }

    @Test
    void olderPicture_sentToANewcomer_doesNotCount() {
        delays.sent(7, 3 * MILLI, 0);
        delays.sent(6, 40 * MILLI, 0);

        assertThat(delays.inAll().max()).isEqualTo(3);
    }

    @Test
    void manyPictures_spreadOverThoseThatAreNewest() {
        for (int seq = 1; seq <= 600; seq++) {
            delays.sent(seq, (seq <= 300 ? 1_000 : seq - 300) * MILLI, 0);
        }

        assertThat(delays.inAll()).isEqualTo(new Percentiles(150, 297, 300));
    }

    @Test
    void slate_ofAnOldPicture_isAsOldAsItsPlaceInTime() {
        RtpFeed feed = new RtpFeed(Pictures.VP8);
        long place = Pictures.START_NANOS + 60_000 * MILLI;
        feed.sent(Pictures.picture(Codec.VP8, 1, true, 3_000).presentedAt(place), place + 5 * MILLI);

        assertThat(feed.delays().inAll().max()).isEqualTo(5);
    }

    @Test
    void nothingSent_isZero() {
        assertThat(delays.inAll()).isEqualTo(new Percentiles(0, 0, 0));
    }
}
