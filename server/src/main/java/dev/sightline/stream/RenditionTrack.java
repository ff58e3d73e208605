package dev.sightline.stream;

import dev.sightline.codec.Encoder;
import dev.sightline.codec.Encoders;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.stream.StreamStatus.RenditionStatus;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One rendition while it is watched: its encoder on a thread of its own, and its fan-out.
 *
 * <p>The stream's thread lends a frame to {@link #offer}. If the encoder is free it copies the picture and is woken; if it
 * is still busy the picture is skipped and counted. Whoever sets {@code busy} owns the encoder until it is cleared, so
 * that {@code take} and {@code encode} never overlap. The thread starts with the first raw frame; pictures that are
 * passed through need none.
 *
 * <p>Where a stream has one viewer alone, its own thread encodes: there is nobody else whom an encoder could hold up, and
 * a thread less between a picture and its answer.
 */
final class RenditionTrack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RenditionTrack.class);
    private static final double MEAN_WEIGHT = 0.05;

    private final String streamName;
    private final Rendition rendition;
    private final boolean inline;
    private final Fanout fanout;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Semaphore work = new Semaphore(0);
    private final Object encoderLock = new Object();

    // Guarded by encoderLock.
    private @Nullable Encoder encoder;
    private boolean closed;

    // Written by the encoder's thread, or by the stream's where pictures pass through; read by any.
    private volatile long encoded;
    private volatile long skipped;
    private volatile long failures;
    private volatile int lastBytes;
    private volatile double meanNanos;

    /**
     * A rendition whose encoder is made with the first raw frame.
     *
     * @param inline whether the stream's own thread encodes
     * @param onLeave runs whenever a viewer has left
     */
    RenditionTrack(String streamName, Rendition rendition, boolean inline, Runnable onLeave) {
        this.streamName = streamName;
        this.rendition = rendition;
        this.inline = inline;
        this.fanout = new Fanout(onLeave);
    }

    Rendition rendition() {
        return rendition;
    }

    Fanout fanout() {
        return fanout;
    }

    /** By the stream's thread: the encoder copies the picture, or skips it. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void offer(Frame frame) {
        if (!busy.compareAndSet(false, true)) {
            skipped++;
            return;
        }
        boolean taken = false;
        try {
            taken = take(frame);
        } finally {
            if (!taken) {
                busy.set(false);
                freeIfClosed();
            }
        }
        if (taken && inline) {
            encodeHere();
        } else if (taken) {
            work.release();
        }
    }

    private boolean take(Frame frame) {
        synchronized (encoderLock) {
            if (closed) {
                return false;
            }
            if (encoder == null) {
                encoder = Encoders.encoder(rendition);
                startThread(encoder);
            }
            encoder.take(frame);
            return true;
        }
    }

    /** By the stream's thread, which owns the encoder. */
    private void encodeHere() {
        Encoder running;
        synchronized (encoderLock) {
            running = encoder;
        }
        if (running != null) {
            Optional<EncodedFrame> frame = encode(running);
            busy.set(false);
            freeIfClosed();
            frame.ifPresent(fanout::publish);
        }
    }

    /** Where no thread of its own does it: whoever is last to leave the encoder alone frees it. */
    private void freeIfClosed() {
        synchronized (encoderLock) {
            if (inline && closed && encoder != null && busy.compareAndSet(false, true)) {
                encoder.close();
                encoder = null;
            }
        }
    }

    /** By the stream's thread: a picture that needs no encoding. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void pass(EncodedFrame frame) {
        encoded++;
        lastBytes = frame.size();
        meanNanos = 0;
        fanout.publish(frame);
    }

    RenditionStatus status() {
        return new RenditionStatus(rendition.describe(), fanout.viewers(), encoded, lastBytes, meanNanos / 1e6);
    }

    /** Pictures that were skipped because the encoder was busy, or failed to be encoded. */
    long dropped() {
        return skipped + failures;
    }

    /** Ends the encoder's thread, without waiting for it. */
    @Override
    public void close() {
        synchronized (encoderLock) {
            closed = true;
        }
        work.release();
        freeIfClosed();
    }

    private void startThread(Encoder started) {
        if (inline) {
            return;
        }
        Thread thread = new Thread(
                () -> run(started), streamName + "-" + rendition.codec().codecName());
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Encoder running) {
        try {
            while (true) {
                work.acquireUninterruptibly();
                synchronized (encoderLock) {
                    if (closed) {
                        return;
                    }
                }
                // Free before anybody is shown the picture: who answers it with the next finds the encoder ready.
                Optional<EncodedFrame> frame = encode(running);
                busy.set(false);
                frame.ifPresent(fanout::publish);
            }
        } finally {
            synchronized (encoderLock) {
                closed = true;
                running.close();
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void count(EncodedFrame frame) {
        encoded++;
        lastBytes = frame.size();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private Optional<EncodedFrame> encode(Encoder running) {
        long start = System.nanoTime();
        try {
            Optional<EncodedFrame> frame = running.encode();
            long nanos = System.nanoTime() - start;
            meanNanos = meanNanos == 0 ? nanos : meanNanos + (nanos - meanNanos) * MEAN_WEIGHT;
            frame.ifPresentOrElse(this::count, () -> skipped++);
            return frame;
        } catch (RuntimeException e) {
            if (failures++ == 0) {
                LOG.warn("stream '{}': {} cannot be encoded", streamName, rendition.describe(), e);
            }
            return Optional.empty();
        }
    }
}
