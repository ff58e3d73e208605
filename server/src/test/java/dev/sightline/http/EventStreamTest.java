package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Answer answer = new Answer();
    private final EventStream events = EventStream.begin(answer, Duration.ofSeconds(2));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void send_events_comeOneAfterTheOther() {
        send("one", 1);
        assertThat(answer.sent).containsExactly("retry: 2000\n\n");
        answer.taken();
        assertThat(answer.sent).last().isEqualTo("event: one\ndata: 1\n\n");
    }

    @Test
    void send_moreThanMayWait_saysThatSomeWereMissed() {
        for (int i = 0; i <= EventStream.MOST_WAITING; i++) {
            send("n", i);
        }
        answer.taken();
        assertThat(answer.sent).last().isEqualTo("event: missed\ndata: {}\n\n");
        answer.taken();
        assertThat(answer.sent).last().isEqualTo("event: n\ndata: " + EventStream.MOST_WAITING + "\n\n");
    }

    @Test
    void silence_isBrokenByAComment() {
        answer.taken();
        channel.advanceTimeBy(15, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(answer.sent).last().isEqualTo(":\n\n");
    }

    private void send(String type, Object data) {
        events.send(type, data);
        channel.runPendingTasks();
    }

    /** What a connection was given to send. */
    private final class Answer implements StreamedResponse {
        private final List<String> sent = new ArrayList<>();
        private Runnable onSent = () -> {};

        void taken() {
            onSent.run();
            channel.runPendingTasks();
        }

        @Override
        public EventExecutor executor() {
            return channel.eventLoop();
        }

        @Override
        public void respond(Response response) {
            throw new AssertionError("it is an endless answer");
        }

        @Override
        public void begin(int status, Headers headers, Runnable whenSent) {
            onSent = whenSent;
        }

        @Override
        public void send(ByteBuf bytes) {
            sent.add(bytes.toString(StandardCharsets.UTF_8));
            bytes.release();
        }

        @Override
        public void end() {}

        @Override
        public void onClose(Runnable action) {}
    }
}
