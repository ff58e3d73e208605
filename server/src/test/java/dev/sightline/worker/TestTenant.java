package dev.sightline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what it is told, so that a test can wait for it. */
final class TestTenant implements Tenant {
    static final long PATIENCE_SECONDS = 60;

    final BlockingQueue<String> quarantined = new LinkedBlockingQueue<>();
    final BlockingQueue<String> released = new LinkedBlockingQueue<>();
    private final BlockingQueue<Link> ups = new LinkedBlockingQueue<>();
    private final BlockingQueue<Death> deaths = new LinkedBlockingQueue<>();
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();

    @Override
    public void up(Link link) {
        link.onMessage(messages::add);
        link.onEnd(reason -> {});
        ups.add(link);
    }

    @Override
    public void down(Death death) {
        deaths.add(death);
    }

    @Override
    public void quarantined(String stream, String reason, Duration atLeast) {
        quarantined.add(stream);
    }

    @Override
    public void released(String stream) {
        released.add(stream);
    }

    Link nextLink() throws InterruptedException {
        return next(ups);
    }

    /** How many links came that nobody has taken. */
    int ups() {
        return ups.size();
    }

    Death nextDeath() throws InterruptedException {
        return next(deaths);
    }

    Message nextMessage() throws InterruptedException {
        return next(messages);
    }

    /** Sends a message and waits for the child's answer to it. */
    Message ask(Link link, Message message) throws InterruptedException {
        assertThat(link.send(message)).isTrue();
        return nextMessage();
    }

    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }
}
