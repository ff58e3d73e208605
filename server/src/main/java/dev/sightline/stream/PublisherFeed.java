package dev.sightline.stream;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Picture;
import dev.sightline.metrics.SingleWriterCounter;
import dev.sightline.stream.wire.Command;
import dev.sightline.worker.Message;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * Carries a publisher's frames from the slot to the worker, on a thread of its own. What the worker cannot take is dropped: of
 * video at once, with what depends on it; a still image when there is a newer one, for its sender may wait for the result.
 */
final class PublisherFeed implements Runnable {
    private static final long AGAIN_MILLIS = 50;

    private final String stream;
    private final PictureSlot slot;
    private final Predicate<Message> worker;
    private final Runnable requestKeyframe;
    private final AtomicBoolean started = new AtomicBoolean();
    private final SingleWriterCounter dropped = new SingleWriterCounter();

    /** Whether the worker misses a frame that the next depends on. */
    private volatile boolean broken;

    /**
     * Creates one that carries nothing yet.
     *
     * @param worker takes a message; false if it was dropped
     * @param requestKeyframe asks the publisher for a keyframe; called often
     */
    PublisherFeed(String stream, PictureSlot slot, Predicate<Message> worker, Runnable requestKeyframe) {
        this.stream = stream;
        this.slot = slot;
        this.worker = worker;
        this.requestKeyframe = requestKeyframe;
    }

    /** The first publisher comes. */
    void start() {
        if (!started.getAndSet(true)) {
            Threads.daemon(this, stream + "-publisher").start();
        }
    }

    /** Another worker begins, and has seen nothing. */
    void restart() {
        broken = true;
        requestKeyframe.run();
    }

    /** Frames that the worker could not take. */
    long dropped() {
        return dropped.value();
    }

    @Override
    public void run() {
        try {
            for (Optional<Picture> next = slot.take(); next.isPresent(); next = slot.take()) {
                if (next.get() instanceof EncodedFrame frame) {
                    carry(frame);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void carry(EncodedFrame frame) throws InterruptedException {
        boolean follows = frame.keyframe() || !broken;
        Message message = message(frame);
        boolean sent = follows && worker.test(message);
        while (!sent && frame.codec().intraOnly() && slot.staysEmpty(AGAIN_MILLIS)) {
            sent = worker.test(message);
        }
        if (!sent) {
            dropped.add(1);
        }
        broken = !frame.codec().intraOnly() && !sent;
        if (broken || slot.needsKeyframe()) {
            requestKeyframe.run();
        }
    }

    private Message message(EncodedFrame frame) {
        byte[] body = new byte[frame.size()];
        frame.data().get(body);
        Optional<Command.From> from = SenderFrameId.of(frame).map(id -> new Command.From(id.seq(), id.captureTime()));
        return new Command.Picture(stream, frame.codec(), frame.keyframe(), from, body).message();
    }
}
