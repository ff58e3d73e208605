package dev.sightline.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The link as those see it who use it, on both sides. Keeps up to {@value #MOST_EARLY} messages or {@value #MOST_EARLY_BYTES}
 * bytes until somebody wants them.
 */
final class TenantLink implements Link {
    static final int MOST_EARLY = 4_096;
    static final int MOST_EARLY_BYTES = 64 << 20;

    private final Predicate<Envelope> sender;
    private final Runnable closer;

    @GuardedBy("this")
    private final Queue<Message> early = new ArrayDeque<>();

    @GuardedBy("this")
    private long earlyBytes;

    @GuardedBy("this")
    private Optional<Consumer<Message>> receiver = Optional.empty();

    @GuardedBy("this")
    private Optional<Consumer<String>> listener = Optional.empty();

    @GuardedBy("this")
    private Optional<String> end = Optional.empty();

    TenantLink(Predicate<Envelope> sender, Runnable closer) {
        this.sender = sender;
        this.closer = closer;
    }

    @Override
    public boolean send(Message message) {
        return sender.test(new Envelope(false, message));
    }

    /** Those that came before are handed on first, under the lock, so that the order stays. */
    @Override
    public synchronized void onMessage(Consumer<Message> named) {
        if (receiver.isPresent()) {
            throw new IllegalStateException("somebody gets the messages already");
        }
        early.forEach(named);
        early.clear();
        receiver = Optional.of(named);
    }

    @Override
    public void onEnd(Consumer<String> named) {
        Optional<String> before;
        synchronized (this) {
            listener = Optional.of(named);
            before = end;
        }
        before.ifPresent(named);
    }

    @Override
    public void close() {
        closer.run();
    }

    void received(Message message) throws ProtocolException {
        Optional<Consumer<Message>> taker;
        synchronized (this) {
            taker = receiver;
            if (taker.isEmpty()) {
                keep(message);
            }
        }
        taker.ifPresent(each -> each.accept(message));
    }

    @GuardedBy("this")
    private void keep(Message message) throws ProtocolException {
        earlyBytes += message.bytes();
        if (early.size() >= MOST_EARLY || earlyBytes > MOST_EARLY_BYTES) {
            throw new ProtocolException("it sent too much before anybody wanted it");
        }
        early.add(message);
    }

    void ended(String reason) {
        Optional<Consumer<String>> told;
        synchronized (this) {
            if (end.isPresent()) {
                return;
            }
            end = Optional.of(reason);
            told = listener;
        }
        told.ifPresent(each -> each.accept(reason));
    }
}
