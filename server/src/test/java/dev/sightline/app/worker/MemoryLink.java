package dev.sightline.app.worker;

import dev.sightline.stream.RemoteWorker;
import dev.sightline.worker.Link;
import dev.sightline.worker.Message;
import dev.sightline.worker.WorkNotes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One end of a connection within this process; each end has a thread that receives, as the real one. */
final class MemoryLink implements Link {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final List<Message> early = new ArrayList<>();
    private @Nullable MemoryLink other;
    private @Nullable Consumer<Message> receiver;
    private @Nullable Consumer<String> listener;
    private boolean ended;

    /** While it is full, messages with a body are dropped. */
    volatile boolean full;

    /** Two ends. */
    static MemoryLink[] pair() {
        MemoryLink one = new MemoryLink();
        MemoryLink two = new MemoryLink();
        one.other = two;
        two.other = one;
        return new MemoryLink[] {one, two};
    }

    /** A process comes for a worker; the answer is its end. */
    static MemoryLink toProcess(RemoteWorker worker) {
        MemoryLink[] pair = pair();
        Thread process = new Thread(
                () -> {
                    try {
                        new StreamWorker().run(pair[1], WorkNotes.NONE);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "process");
        process.setDaemon(true);
        process.start();
        worker.up(pair[0]);
        return pair[1];
    }

    @Override
    public boolean send(Message message) {
        MemoryLink to = other;
        if (to == null || isEnded() || full && message.body().length > 0) {
            return false;
        }
        // As over a socket: what arrives are other arrays.
        to.arrived(new Message(
                message.kind(), message.json().clone(), message.body().clone()));
        return true;
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    private synchronized void arrived(Message message) {
        if (ended) {
            return;
        }
        Consumer<Message> to = receiver;
        if (to == null) {
            early.add(message);
        } else {
            thread.execute(() -> to.accept(message));
        }
    }

    @Override
    public synchronized void onMessage(Consumer<Message> to) {
        receiver = to;
        early.forEach(message -> thread.execute(() -> to.accept(message)));
        early.clear();
    }

    @Override
    public synchronized void onEnd(Consumer<String> to) {
        listener = to;
    }

    @Override
    public void close() {
        end();
        MemoryLink to = other;
        if (to != null) {
            to.end();
        }
    }

    private void end() {
        Consumer<String> to;
        synchronized (this) {
            to = ended ? null : listener;
            ended = true;
            thread.shutdown();
        }
        if (to != null) {
            to.accept("closed");
        }
    }
}
