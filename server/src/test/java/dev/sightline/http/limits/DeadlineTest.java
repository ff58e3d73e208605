package dev.sightline.http.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private static final Duration MOST = Duration.ofSeconds(30);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final AtomicInteger late = new AtomicInteger();
    private final Deadline time = Deadline.on(channel.eventLoop(), late::incrementAndGet);

    DeadlineTest() {
        channel.freezeTime();
    }

    @Test
    void unfinished_trickles_isLateAfterTheTimeFromItsBeginning() {
        for (int second = 0; second < 30; second++) {
            time.unfinished(true, MOST);
            pass(1);
            assertThat(late).hasValue(second == 29 ? 1 : 0);
        }
    }

    @Test
    void unfinished_eachFinishedInTime_neverIsLate() {
        for (int i = 0; i < 10; i++) {
            time.unfinished(true, MOST);
            pass(20);
            time.unfinished(false, MOST); // and the next has begun in the same read
        }
        assertThat(late).hasValue(0);
        time.unfinished(true, MOST);
        pass(29);
        assertThat(late).hasValue(0);
        pass(1);
        assertThat(late).hasValue(1);
    }

    @Test
    void start_again_countsAnew() {
        time.start(MOST);
        pass(20);
        time.start(MOST);
        pass(29);
        assertThat(late).hasValue(0);
        pass(1);
        assertThat(late).hasValue(1);
        pass(60);
        assertThat(late).hasValue(1);
    }

    @Test
    void start_withLessTimeThanBefore_isLateSooner() {
        time.start(MOST);
        time.start(Duration.ofSeconds(5));
        pass(5);
        assertThat(late).hasValue(1);
        pass(60);
        assertThat(late).hasValue(1);
    }

    @Test
    void change_countsFromTheSameBeginning() {
        time.start(Duration.ofSeconds(10));
        pass(9);
        time.change(MOST);
        pass(20);
        assertThat(late).hasValue(0);
        pass(1);
        assertThat(late).hasValue(1);
    }

    @Test
    void change_whileStopped_startsNothing() {
        time.start(MOST);
        time.stop();
        time.change(MOST);
        pass(60);
        assertThat(late).hasValue(0);
    }

    @Test
    void startAndStop_manyTimes_areOneTask() {
        for (int i = 0; i < 1_000; i++) {
            time.start(MOST);
            time.stop();
            channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        }
        assertThat(waiting()).isOne();
    }

    @Test
    void end_nothingIsLateAnyMore_andNoTaskWaits() {
        time.start(MOST);
        time.end();
        assertThat(waiting()).isZero();
        time.start(MOST);
        assertThat(waiting()).isZero();
        pass(60);
        assertThat(late).hasValue(0);
    }

    /** How many tasks wait in the event loop. */
    private int waiting() {
        int tasks = 0;
        for (long next = channel.runScheduledPendingTasks(); next >= 0; next = channel.runScheduledPendingTasks()) {
            tasks++;
            channel.advanceTimeBy(next, TimeUnit.NANOSECONDS);
        }
        return tasks;
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }
}
