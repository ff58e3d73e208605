package dev.sightline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What waits to be sent, and what is dropped. */
class OutboxTest {
    private final Outbox outbox = new Outbox();

    @Test
    void offer_moreBodiesThanMayWait_dropsTheNewer() {
        for (int i = 0; i < Outbox.MOST_BODIES; i++) {
            assertThat(frame(1)).isEqualTo(Outbox.Offer.TAKEN);
        }
        assertThat(frame(1)).isEqualTo(Outbox.Offer.DROPPED);
        assertThat(outbox.offer(new Envelope(false, Message.of("status", "{}"))))
                .isEqualTo(Outbox.Offer.TAKEN);
        assertThat(outbox.poll()).isPresent();
        assertThat(frame(1)).isEqualTo(Outbox.Offer.TAKEN);
    }

    @Test
    void offer_moreBytesThanMayWait_dropsTheNewer() {
        assertThat(frame(Outbox.MOST_BODY_BYTES - 1)).isEqualTo(Outbox.Offer.TAKEN);
        assertThat(frame(2)).isEqualTo(Outbox.Offer.DROPPED);
    }

    @Test
    void offer_oneLongMessage_isTakenIfNothingWaits() {
        assertThat(frame(Message.MOST_BODY)).isEqualTo(Outbox.Offer.TAKEN);
        assertThat(frame(1)).isEqualTo(Outbox.Offer.DROPPED);
    }

    @Test
    void offer_moreWithoutBodyThanMayWait_isOverfull() {
        for (int i = 0; i < Outbox.MOST_OTHERS; i++) {
            assertThat(outbox.offer(new Envelope(false, Message.of("status")))).isEqualTo(Outbox.Offer.TAKEN);
        }
        assertThat(outbox.offer(new Envelope(false, Message.of("status")))).isEqualTo(Outbox.Offer.OVERFULL);
    }

    @Test
    void poll_linksOwnMessages_comeFirst() {
        frame(1);
        outbox.offer(Envelope.internal(Envelope.PONG));
        assertThat(outbox.poll().orElseThrow().is(Envelope.PONG)).isTrue();
        assertThat(outbox.poll().orElseThrow().message().kind()).isEqualTo("frame");
    }

    @Test
    void close_forgetsWhatWaits() throws InterruptedException {
        frame(1);
        outbox.close();
        assertThat(outbox.await()).isFalse();
        assertThat(outbox.poll()).isEmpty();
        assertThat(frame(1)).isEqualTo(Outbox.Offer.DROPPED);
    }

    private Outbox.Offer frame(int length) {
        return outbox.offer(new Envelope(false, Message.of("frame", "", new byte[length])));
    }
}
