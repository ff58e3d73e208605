package dev.sightline.app.worker;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import dev.sightline.stream.wire.Command;
import dev.sightline.stream.wire.FrameMessage;
import dev.sightline.worker.Link;
import dev.sightline.worker.Message;
import dev.sightline.worker.WorkNotes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker does while it is the spare: it makes some frames of a small stream for nobody, so that classes and libraries are
 * loaded, and encoders found, before it takes the place of one that died.
 */
final class WarmUp implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int BITS_PER_SECOND = 100_000;
    private static final long LONGEST_SECONDS = 20;
    private static final String STREAM = "warm-up";
    private static final List<Rendition> RENDITIONS = List.of(
            Rendition.DEFAULT,
            Rendition.METADATA,
            new Rendition.Video(Codec.VP8, Rendition.SOURCE_WIDTH, BITS_PER_SECOND),
            new Rendition.Video(Codec.H264, Rendition.SOURCE_WIDTH, BITS_PER_SECOND));

    private final Set<Rendition> made = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Consumer<Message> worker = message -> {};
    private volatile Consumer<String> listener = why -> {};

    private WarmUp() {}

    /** Does it, for some seconds at most. */
    static void run() {
        WarmUp server = new WarmUp();
        Thread body = new Thread(server::work, "worker-warm-up");
        body.setDaemon(true);
        body.start();
        try {
            server.ready.await();
            server.say(new Command.Clock(0).message());
            server.say(new Command.Configure(
                            STREAM, 1, Map.of("source", "pattern:160x120@30", "process", "clock"), List.of(), "", 0)
                    .message());
            server.say(Command.Watch.of(STREAM, RENDITIONS).message());
            if (!server.over.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("only {} were made in time", server.made);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.close();
        }
    }

    private void work() {
        try {
            new StreamWorker().run(this, WorkNotes.NONE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(Message message) {
        worker.accept(message);
    }

    @Override
    public boolean send(Message message) {
        if (message.kind().equals(FrameMessage.KIND)) {
            made.add(FrameMessage.read(message).rendition());
            if (made.size() == RENDITIONS.size()) {
                over.countDown();
            }
        }
        return true;
    }

    @Override
    public void onMessage(Consumer<Message> receiver) {
        worker = receiver;
        ready.countDown();
    }

    @Override
    public void onEnd(Consumer<String> told) {
        listener = told;
    }

    @Override
    public void close() {
        listener.accept("it is warm");
    }
}
