package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopWatchTest {
    private long now = Long.MAX_VALUE - 5;
    private final Loop loop = new Loop();
    private final LoopWatch watch = new LoopWatch(loop, () -> now);

    @Test
    void turn_isReadingAndTasks_withoutTheWaiting() {
        turn(500, 20, 30);
        turn(900, 10, 5);
        assertThat(longestMillis()).isEqualTo(50);
    }

    @Test
    void turn_ofTasksAlone_counts() {
        loop.ready = false;
        turn(500, 0, 40);
        turn(500, 0, 0);
        assertThat(longestMillis()).isEqualTo(40);
    }

    @Test
    void turn_thatGoesOn_counts() {
        turn(500, 10, 0);
        now += TimeUnit.SECONDS.toNanos(41);
        assertThat(longestMillis()).isEqualTo(41_010);
    }

    @Test
    void turn_isForgottenAfterTwoMinutes() {
        turn(0, 70, 0);
        turn(60_000, 5, 0);
        turn(0, 1, 0);
        assertThat(longestMillis()).as("in the window before").isEqualTo(70);
        turn(60_000, 3, 0);
        turn(0, 1, 0);
        assertThat(longestMillis()).isEqualTo(5);
    }

    @Test
    void turn_isForgottenWhileTheLoopSleeps() {
        turn(0, 70, 0);
        loop.waitMillis = 0;
        watch.run(loop);
        assertThat(longestMillis()).isEqualTo(70);
        loop.sleeping = true;
        loop.waitMillis = TimeUnit.MINUTES.toMillis(2);
        loop.asleep = () -> assertThat(longestMillis()).isZero();
        watch.run(loop);
    }

    private void turn(long waiting, long reading, long tasks) {
        loop.waitMillis = waiting;
        loop.readMillis = reading;
        watch.run(loop);
        pass(tasks);
    }

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private long longestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(watch.longestNanos());
    }

    /** Waits, and reads, as long as it is told; and knows of nothing else to do. */
    private final class Loop implements IoHandler, IoHandlerContext {
        private long waitMillis;
        private long readMillis;
        private boolean ready = true;
        private boolean sleeping;
        private Runnable asleep = () -> {};

        @Override
        public int run(IoHandlerContext context) {
            pass(waitMillis);
            if (sleeping) {
                asleep.run();
            }
            if (ready && context.shouldReportActiveIoTime()) {
                pass(readMillis);
            }
            return ready ? 1 : 0;
        }

        @Override
        public boolean shouldReportActiveIoTime() {
            return true;
        }

        @Override
        public boolean canBlock() {
            return true;
        }

        @Override
        public long delayNanos(long time) {
            return 0;
        }

        @Override
        public long deadlineNanos() {
            return 0;
        }

        @Override
        public IoRegistration register(IoHandle handle) {
            throw new UnsupportedOperationException("there is nothing to wait for");
        }

        @Override
        public void wakeup() {}

        @Override
        public boolean isCompatible(Class<? extends IoHandle> handle) {
            return false;
        }
    }
}
