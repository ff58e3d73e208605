package dev.sightline.stream;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.fanout.Subscriber;
import dev.sightline.stream.fanout.Subscription;
import dev.sightline.stream.fanout.ViewerIdentity;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.testkit.Await;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A viewer of a stream on an executor of its own, who takes pictures at once or not at all. */
final class Viewer implements Subscriber, AutoCloseable {
    /** A sender that nobody sends away. */
    static final Sender SENDER = new Sender("test", "192.0.2.1", why -> {});

    private final List<EncodedFrame> shown = new CopyOnWriteArrayList<>();
    final List<StreamState> states = new CopyOnWriteArrayList<>();
    private volatile String troubles = "";
    volatile boolean stopped;
    volatile boolean ended;
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final Subscription subscription;

    Viewer(LiveStream stream, Rendition rendition) throws RefusedException {
        this(stream, rendition, Optional.empty());
    }

    Viewer(LiveStream stream, Rendition rendition, Optional<String> client) throws RefusedException {
        this(stream, rendition, ViewerIdentity.of("test", "192.0.2.1", client));
    }

    Viewer(LiveStream stream, Rendition rendition, ViewerIdentity identity) throws RefusedException {
        // The first picture may come before this constructor is done: it waits for the field below.
        synchronized (this) {
            subscription = stream.subscribe(rendition, executor, this, identity);
        }
    }

    @Override
    public void onFrame(EncodedFrame frame) {
        shown.add(frame);
        if (!stopped) {
            subscription().ready();
        }
    }

    @Override
    public void onState(StreamStatus status) {
        states.add(status.state());
        troubles = status.processing().processors().stream()
                .filter(ProcessorStatus::inTrouble)
                .map(ProcessorStatus::text)
                .collect(Collectors.joining("; "));
    }

    /** What it was told last of processors in trouble. */
    String troubles() {
        return troubles;
    }

    @Override
    public void onEnd() {
        ended = true;
    }

    /** Takes pictures again after it had stopped. */
    void resume() {
        stopped = false;
        executor.execute(subscription()::ready);
    }

    synchronized Subscription subscription() {
        return subscription;
    }

    /** The pictures that came so far; slates are none, one may come whenever the machine is slow. */
    List<EncodedFrame> pictures() {
        return shown.stream().filter(frame -> !isSlate(frame)).toList();
    }

    /** How many came so far, slates among them. */
    int shown() {
        return shown.size();
    }

    EncodedFrame awaitPicture(int count) {
        Await.until("picture " + count, () -> pictures().size() >= count);
        return pictures().get(count - 1);
    }

    /** The same, which comes as time passes. */
    EncodedFrame awaitPicture(int count, VirtualTime time) {
        time.until("picture " + count, () -> pictures().size() >= count);
        return pictures().get(count - 1);
    }

    /** A slate that comes as time passes. */
    EncodedFrame awaitSlate(VirtualTime time) {
        time.until("a slate", () -> latestSlate().isPresent());
        return latestSlate().orElseThrow();
    }

    EncodedFrame awaitSlate() {
        Await.until("a slate", () -> latestSlate().isPresent());
        return latestSlate().orElseThrow();
    }

    private Optional<EncodedFrame> latestSlate() {
        return shown.stream().filter(Viewer::isSlate).reduce((a, b) -> b);
    }

    private static boolean isSlate(EncodedFrame frame) {
        return frame.metadata().values().containsKey("state");
    }

    @Override
    public void close() {
        subscription().close();
        executor.shutdown();
    }
}
