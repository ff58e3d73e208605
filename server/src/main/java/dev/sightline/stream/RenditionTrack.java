package dev.sightline.stream;

import dev.sightline.codec.CodecException;
import dev.sightline.codec.Encoder;
import dev.sightline.codec.Encoders;
import dev.sightline.codec.JpegIdentity;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Metadata;
import dev.sightline.frame.Picture;
import dev.sightline.frame.PixelFormat;
import dev.sightline.metrics.DurationHistogram;
import dev.sightline.stream.StreamStatus.RenditionStatus;
import java.util.List;
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
 * <p>An encoder of video has room for one picture, always the newest, beside the one it works on: a keyframe that takes
 * longer than an interval then costs no picture. There {@code busy} says that a picture waits.
 *
 * <p>Where a stream has one viewer alone, its own thread encodes: there is nobody else whom an encoder could hold up, and
 * a thread less between a picture and its answer.
 *
 * <p>What goes out, and after what, is the {@link RenditionSequencer}'s. Metadata alone needs no encoder.
 */
final class RenditionTrack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RenditionTrack.class);
    private static final double MEAN_WEIGHT = 0.05;

    private final String streamName;
    private final Rendition rendition;
    private final boolean inline;
    private final RenditionSequencer succession;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Semaphore work = new Semaphore(0);
    private final Object encoderLock = new Object();

    // Guarded by encoderLock.
    private @Nullable Encoder encoder;
    private boolean closed;

    /** Of the picture taken last; belongs to whoever owns the encoder. */
    private long presentationNanos;

    // Written by the encoder's thread, or by the stream's where pictures pass through; read by any.
    private volatile long invocations;
    private volatile long encoded;
    private volatile long skipped;
    private volatile long leftOut;
    private volatile long failures;
    private volatile int lastBytes;
    private volatile Optional<String> encoderName = Optional.empty();
    private volatile double meanNanos;
    private final DurationHistogram times = new DurationHistogram();

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
        this.succession = new RenditionSequencer(rendition.codec(), onLeave);
    }

    Rendition rendition() {
        return rendition;
    }

    Fanout fanout() {
        return succession.fanout();
    }

    /**
     * By the stream's thread: the encoder copies the picture, or skips it. One that cannot be had in this rendition is left
     * out of it, and no other rendition misses anything.
     *
     * @param presentation the picture's place in time
     */
    void offer(Frame frame, long presentation) {
        try {
            offerIfFree(frame, presentation);
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            failed(e);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void offerIfFree(Frame frame, long presentation) {
        if (rendition.equals(Rendition.METADATA)) {
            send(identity(frame, frame.seq(), frame.metadata()).presentedAt(presentation));
            return;
        }
        if (!inline && rendition instanceof Rendition.Video) {
            offerAhead(frame, presentation);
            return;
        }
        if (!busy.compareAndSet(false, true)) {
            skipped++;
            return;
        }
        boolean taken = false;
        try {
            taken = take(frame, presentation);
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

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void offerAhead(Frame frame, long presentation) {
        synchronized (encoderLock) {
            if (!take(frame, presentation)) {
                return;
            }
            if (busy.getAndSet(true)) {
                skipped++;
            } else {
                work.release();
            }
        }
    }

    private boolean take(Frame frame, long presentation) {
        synchronized (encoderLock) {
            if (closed) {
                return false;
            }
            if (encoder == null) {
                // Its first picture is a keyframe in any case.
                encoder = started(Encoders.encoder(rendition));
            } else if (succession.needsKeyframe(frame.captureNanos())) {
                encoder.forceKeyframe();
            }
            encoder.take(frame);
            presentationNanos = presentation;
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
            Optional<EncodedFrame> frame = encode(running, presentationNanos);
            busy.set(false);
            freeIfClosed();
            show(frame);
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

    /** Before anybody watches: the source's own video since its newest keyframe, if viewers are given that. */
    void begin(List<EncodedFrame> gop) {
        succession.begin(gop);
    }

    /** By the stream's thread: a frame of the source's own video, after those that came since this began. */
    void pass(EncodedFrame frame, GopCache gop) {
        long seen = succession.newestSeq();
        if (seen > 0 && rendition instanceof Rendition.Video) {
            gop.after(seen).stream()
                    .filter(missed -> missed.seq() < frame.seq())
                    .forEach(this::pass);
        }
        if (frame.seq() != seen) {
            pass(frame);
        }
    }

    /** By the stream's thread: a frame as the source gave it; its identity is put where it belongs. */
    void pass(EncodedFrame frame) {
        if (rendition.equals(Rendition.METADATA)) {
            send(identity(frame, frame.seq(), frame.metadata()).presentedAt(frame.presentationNanos()));
        } else if (rendition.codec() == Codec.MJPEG) {
            send(JpegIdentity.stamp(frame).presentedAt(frame.presentationNanos()));
        } else {
            send(frame);
        }
    }

    /** What stands for a picture where only its identity and metadata are wanted. */
    static EncodedFrame identity(Picture picture, long seq, Metadata metadata) {
        return new EncodedFrame(
                Codec.NONE,
                new byte[0],
                true,
                picture.width(),
                picture.height(),
                seq,
                picture.captureNanos(),
                metadata);
    }

    private void send(EncodedFrame frame) {
        count(frame);
        encoderName = Optional.empty();
        meanNanos = 0;
        succession.passed(frame);
    }

    /** By any thread: a slate, after which live pictures begin anew. */
    void publishSlate(EncodedFrame slate) {
        succession.slate(slate);
    }

    /** By any thread: whether a viewer lost the slate and is to be given another now, by the clock of capture times. */
    boolean needsSlateAgain(long nanos) {
        return succession.needsSlateAgain(nanos);
    }

    /** By any thread: the newest live picture, raw and gray, as far as it can be had; the caller closes it. */
    Optional<Frame> lastSeen() {
        if (rendition instanceof Rendition.Video && !succession.isPassed()) {
            synchronized (encoderLock) {
                return encoder == null || closed ? Optional.empty() : encoder.lastTaken();
            }
        }
        try (CatchUpDecoder raw = new CatchUpDecoder()) {
            return succession
                    .lastKeyframe()
                    .filter(keyframe -> keyframe.size() > 0)
                    .flatMap(keyframe -> raw.decode(keyframe, PixelFormat.GRAY));
        } catch (CodecException broken) {
            // It was passed as it came; whatever viewers saw of it, here nothing can be made of it.
            return Optional.empty();
        }
    }

    RenditionStatus status() {
        return new RenditionStatus(
                rendition.describe(),
                succession.fanout().viewers(),
                encoded,
                invocations,
                skipped,
                succession.forced(),
                lastBytes,
                encoderName,
                meanNanos / 1e6,
                times.snapshot());
    }

    /** Pictures that were skipped because the encoder was busy or had no bits left, failed to be encoded, or built on one of these. */
    long dropped() {
        return skipped + leftOut + failures + succession.leftOut();
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

    /** Where no thread can be had, there is no encoder either: the next picture asks for both again. */
    private Encoder started(Encoder made) {
        if (inline) {
            return made;
        }
        try {
            Threads.daemon(() -> run(made), streamName + "-" + rendition.codec().codecName())
                    .start();
            return made;
        } catch (RuntimeException | Error e) {
            made.close();
            throw e;
        }
    }

    private void run(Encoder running) {
        try {
            do {
                work.acquireUninterruptibly();
            } while (encodeNext(running));
        } finally {
            synchronized (encoderLock) {
                closed = true;
                running.close();
            }
        }
    }

    private boolean encodeNext(Encoder running) {
        long presentation;
        boolean free;
        synchronized (encoderLock) {
            if (closed) {
                return false;
            }
            presentation = presentationNanos;
            free = running.begin();
            busy.set(!free);
        }
        Optional<EncodedFrame> frame = encode(running, presentation);
        if (!free) {
            // Before anybody is shown the picture: who answers it with the next finds the encoder ready.
            busy.set(false);
        }
        show(frame);
        return true;
    }

    private void show(Optional<EncodedFrame> frame) {
        try {
            frame.ifPresent(succession::encoded);
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            failed(e);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void count(EncodedFrame frame) {
        encoded++;
        lastBytes = frame.size();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private Optional<EncodedFrame> encode(Encoder running, long presentation) {
        long start = System.nanoTime();
        invocations++;
        try {
            Optional<EncodedFrame> frame = running.encode();
            long nanos = System.nanoTime() - start;
            encoderName = Optional.of(running.name());
            times.record(nanos);
            meanNanos = meanNanos == 0 ? nanos : meanNanos + (nanos - meanNanos) * MEAN_WEIGHT;
            frame.ifPresentOrElse(this::count, () -> leftOut++);
            return frame.map(picture -> picture.presentedAt(presentation).encodedIn(nanos));
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            failed(e);
            return Optional.empty();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // a failure not counted among many is no harm
    private void failed(Throwable why) {
        succession.interrupt();
        if (failures++ > 0) {
            return;
        }
        if (why instanceof CodecException) {
            LOG.warn("stream '{}': {} cannot be encoded: {}", streamName, rendition.describe(), why.getMessage());
        } else {
            LOG.warn("stream '{}': {} cannot be encoded", streamName, rendition.describe(), why);
        }
    }
}
