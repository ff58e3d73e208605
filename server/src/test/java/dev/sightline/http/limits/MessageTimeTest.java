package dev.sightline.http.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MessageTimeTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final AtomicInteger late = new AtomicInteger();
    private final MessageTime time = MessageTime.on(channel.eventLoop(), Duration.ofSeconds(30), late::incrementAndGet);

    MessageTimeTest() {
        channel.freezeTime();
    }

    @Test
    void message_trickles_isLateAfterTheTimeFromItsFirstByte() {
        for (int second = 0; second < 30; second++) {
            time.unfinished(true);
            pass(1);
            assertThat(late).hasValue(second == 29 ? 1 : 0);
        }
    }

    @Test
    void messages_eachInTime_neverAreLate() {
        for (int i = 0; i < 10; i++) {
            time.unfinished(true);
            pass(20);
            time.finished(); // and the next has begun in the same read
        }
        assertThat(late).hasValue(0);
        time.unfinished(true);
        pass(29);
        assertThat(late).hasValue(0);
        pass(1);
        assertThat(late).hasValue(1);
    }

    @Test
    void stop_nothingIsLateAnyMore() {
        time.unfinished(true);
        time.stop();
        pass(60);
        assertThat(late).hasValue(0);
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }
}
