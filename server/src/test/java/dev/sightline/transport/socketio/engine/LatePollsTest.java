package dev.sightline.transport.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatePollsTest {
    private long now = Long.MAX_VALUE - 5; // it overflows on the way
    private final LatePolls polls = new LatePolls(() -> now);

    @Test
    void answer_once() {
        polls.expect("a", Wire.CLOSE);
        assertThat(polls.answer("b")).isEmpty();
        assertThat(polls.answer("a")).contains(Wire.CLOSE);
        assertThat(polls.answer("a")).isEmpty();
    }

    @Test
    void answer_tooLate_empty() {
        polls.expect("a", Wire.NOOP);
        now += TimeUnit.SECONDS.toNanos(20);
        polls.expect("b", Wire.NOOP);
        now += TimeUnit.SECONDS.toNanos(20);
        assertThat(polls.answer("a")).isEmpty();
        assertThat(polls.answer("b")).contains(Wire.NOOP);
    }

    @Test
    void expect_many_forgetsTheOldest() {
        for (int i = 0; i < 3_000; i++) {
            polls.expect(Integer.toString(i), Wire.NOOP);
        }
        assertThat(polls.answer("1999")).isEmpty();
        assertThat(polls.answer("2999")).contains(Wire.NOOP);
    }
}
