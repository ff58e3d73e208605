package dev.sightline.app.worker;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.fanout.Subscriber;
import dev.sightline.stream.fanout.Subscription;
import dev.sightline.stream.fanout.ViewerIdentity;
import dev.sightline.testkit.Await;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A viewer who takes everything. */
final class Watcher implements Subscriber, AutoCloseable {
    final List<EncodedFrame> frames = new CopyOnWriteArrayList<>();
    volatile boolean ended;
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final LiveStream stream;
    private final Subscription subscription;

    Watcher(LiveStream stream, Rendition rendition) throws RefusedException {
        this.stream = stream;
        synchronized (this) {
            subscription = stream.subscribe(rendition, executor, this, ViewerIdentity.of("test", "", Optional.empty()));
        }
    }

    @Override
    public void onFrame(EncodedFrame frame) {
        frames.add(frame);
        synchronized (this) {
            subscription.ready();
        }
    }

    @Override
    public void onEnd() {
        ended = true;
    }

    void await(int count) {
        try {
            Await.until(count + " frames", () -> frames.size() >= count);
        } catch (AssertionError e) {
            throw new AssertionError("the stream is " + stream.status().signal(), e);
        }
    }

    EncodedFrame newest() {
        Await.until("a frame", () -> !frames.isEmpty());
        return frames.get(frames.size() - 1);
    }

    boolean newestIs(String state) {
        return state.equals(newest().metadata().values().get("state"));
    }

    List<Long> numbers() {
        return frames.stream().map(EncodedFrame::seq).toList();
    }

    @Override
    public void close() {
        subscription.close();
        executor.shutdown();
    }
}
