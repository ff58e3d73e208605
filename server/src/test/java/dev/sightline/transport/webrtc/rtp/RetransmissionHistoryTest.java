package dev.sightline.transport.webrtc.rtp;

import static dev.sightline.transport.webrtc.rtp.Pictures.START_NANOS;
import static dev.sightline.transport.webrtc.rtp.Pictures.picture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetransmissionHistoryTest {
    private static final int KEPT = 256;

    private final RetransmissionHistory sent = new RetransmissionHistory();
    private final RtpFeed feed = new RtpFeed(Pictures.VP8);
    private final List<FeedPacket> packets = feed.packets(picture(Codec.VP8, 1, true, 3_000), START_NANOS);

    @Test
    void packet_ofAPictureThatWasSent_isThatOfTheFeed() {
        send(100, 1);
        send(103, 2);

        for (int i = 0; i < 3; i++) {
            assertThat(sent.packet(100 + i)).isSameAs(packets.get(i));
            assertThat(sent.timestamp(100 + i)).isEqualTo(1);
            assertThat(sent.packet(103 + i)).isSameAs(packets.get(i));
            assertThat(sent.sentNanos(103 + i)).isEqualTo(START_NANOS + 2);
        }
    }

    @Test
    void packet_neverSent_isNone() {
        assertThat(sent.packet(100)).isNull();
        send(100, 1);
        send(110, 2);

        assertThat(sent.packet(99)).isNull();
        assertThat(sent.packet(103)).as("between two pictures").isNull();
        assertThat(sent.packet(113)).isNull();
    }

    @Test
    void packet_pictureLongAgo_isForgotten() {
        for (int i = 0; i <= KEPT; i++) {
            send(3L * i, i);
        }

        assertThat(sent.packet(2)).isNull();
        assertThat(sent.packet(3)).isSameAs(packets.get(0));
        assertThat(sent.timestamp(5)).isEqualTo(1);
        assertThat(sent.packet(3L * KEPT + 2)).isSameAs(packets.get(2));
    }

    @Test
    void sentAgain_isToldOfThatPacketAlone() {
        send(100, 1);
        sent.sentAgain(101, START_NANOS + 7);

        assertThat(sent.wasSentAgain(101)).isTrue();
        assertThat(sent.wasSentAgain(100)).isFalse();
        assertThat(sent.sentAgainSince(101, START_NANOS + 7)).isTrue();
        assertThat(sent.sentAgainSince(101, START_NANOS + 8)).isFalse();
    }

    private void send(long firstSeq, int number) {
        sent.add(firstSeq, packets.size(), feed, packets.get(0).index(), number, START_NANOS + number);
    }
}
