package dev.sightline.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.config.ConfigException;
import dev.sightline.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PreparationTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger discarded = new AtomicInteger();

    @AfterEach
    void open() {
        gate.countDown();
        Await.until("no thread is left", () -> Preparation.left() == 0);
    }

    @Test
    void of_whatIsDoneInTime_keepsIt() {
        List<String> done = new ArrayList<>();
        prepare(() -> done.add("made"), LONG);
        assertThat(done).containsExactly("made");
        assertThat(discarded).hasValue(0);
    }

    @Test
    void of_whatFails_saysWhy() {
        assertThatThrownBy(() -> prepare(
                        () -> {
                            throw new IllegalStateException("no model here");
                        },
                        LONG))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no model here");
        assertThat(discarded).hasValue(0);
    }

    @Test
    void of_whatTakesTooLong_isGivenUp_andDiscardedWhenItIsDone() {
        assertThatThrownBy(() -> prepare(this::hang, SHORT)).hasMessageContaining("does not return");
        assertThat(Preparation.left()).isEqualTo(1);

        gate.countDown();
        Await.until("it is discarded", () -> discarded.get() == 1);
    }

    @Test
    void of_asManyThatNeverReturn_asMayBeLeft_isRefusedAtOnce() {
        for (int i = 0; i < Preparation.MOST_LEFT; i++) {
            assertThatThrownBy(() -> prepare(this::hang, SHORT)).hasMessageContaining("does not return");
        }
        assertThatThrownBy(() -> prepare(() -> {}, LONG)).hasMessageContaining("restart the server");
    }

    private void prepare(Runnable what, Duration longest) {
        Preparation.of("cam-making", what, discarded::incrementAndGet, longest);
    }

    private void hang() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
