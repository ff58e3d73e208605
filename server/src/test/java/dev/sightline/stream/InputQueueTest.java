package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.processor.ViewerInput;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InputQueueTest {
    private final AtomicLong now = new AtomicLong();
    private final InputQueue queue = new InputQueue(now::get);

    @Test
    void poll_inputs_comeInOrderAndOnce() {
        add(1);
        add(2);

        assertThat(polled()).contains(1L);
        assertThat(polled()).contains(2L);
        assertThat(polled()).isEmpty();
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void add_moreThanFit_dropsTheOldestAndCountsThem() {
        for (int seq = 1; seq <= InputQueue.MOST + 3; seq++) {
            add(seq);
        }
        assertThat(queue.dropped()).isEqualTo(3);
        assertThat(polled()).contains(4L);
    }

    @Test
    void poll_waitedForLongerThan2Seconds_isDroppedAndCounted() {
        add(1);
        now.set(InputQueue.PATIENCE_NANOS / 2);
        add(2);
        now.set(InputQueue.PATIENCE_NANOS + 1);

        assertThat(polled()).contains(2L);
        assertThat(polled()).isEmpty();
        assertThat(queue.dropped()).isEqualTo(1);
    }

    private void add(long seq) {
        queue.add(new ViewerInput("click", seq, Map.of()));
    }

    private Optional<Long> polled() {
        return queue.poll().map(ViewerInput::seq);
    }
}
