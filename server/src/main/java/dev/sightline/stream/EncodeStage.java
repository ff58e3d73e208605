package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.codec.Encoder;
import dev.sightline.codec.Encoders;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.worker.WorkNote;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the raw frames of one rendition. The stream's thread lends a frame to {@link #offer}: a stage with room copies it
 * into its encoder's input; a frame that another one replaces before it is encoded is counted. Encoded frames go to the
 * {@link RenditionSequencer}. The encoder is made with the first frame.
 */
abstract sealed class EncodeStage implements AutoCloseable {
    final Object lock = new Object();
    final RenditionFigures figures;

    private final Rendition rendition;
    private final RenditionSequencer sequencer;

    /** Set before the first frame. */
    private Supplier<WorkNote> notes = () -> WorkNote.NONE;

    @GuardedBy("lock")
    @Nullable
    Encoder encoder;

    @GuardedBy("lock")
    boolean closed;

    /** The presentation timestamp of the frame taken last. */
    @GuardedBy("lock")
    long presentationNanos;

    EncodeStage(Rendition rendition, RenditionSequencer sequencer, RenditionFigures figures) {
        this.rendition = rendition;
        this.sequencer = sequencer;
        this.figures = figures;
    }

    /**
     * Creates the stage for a rendition.
     *
     * @param inline whether the stream's own thread encodes
     */
    static EncodeStage of(
            String stream,
            Rendition rendition,
            boolean inline,
            RenditionSequencer sequencer,
            RenditionFigures figures) {
        if (inline) {
            return new Inline(rendition, sequencer, figures);
        }
        return new Threaded(stream + "-" + rendition.codec().codecName(), rendition, sequencer, figures);
    }

    /** The same; its thread takes a note of its work, which may crash or hang. */
    EncodeStage noting(Supplier<WorkNote> taker) {
        notes = taker;
        return this;
    }

    final WorkNote note() {
        return notes.get();
    }

    /**
     * Copies the frame if there is room for it. Called by the stream's thread.
     *
     * @param presentation its presentation timestamp
     * @throws dev.sightline.codec.CodecException if the frame cannot be encoded in this rendition
     */
    abstract void offer(Frame frame, long presentation);

    /** The raw frame taken last, in gray, if the encoder still has it; the caller closes it. Any thread. */
    Optional<Frame> lastTaken() {
        synchronized (lock) {
            return encoder == null || closed ? Optional.empty() : encoder.lastTaken();
        }
    }

    /** A live frame could not be encoded: only this rendition misses it. */
    void failed(Throwable why) {
        sequencer.interrupt();
        figures.failed(why);
    }

    /** Ends encoding without waiting for the frame in the encoder. Any thread. */
    @Override
    public abstract void close();

    /** Chooses where the encoder runs; called once, before its first frame. */
    Encoder started(Encoder made) {
        return made;
    }

    /** Copies the frame. Answers whether it did: not once this is closed. */
    @GuardedBy("lock")
    final boolean take(Frame frame, long presentation) {
        if (closed) {
            return false;
        }
        if (encoder == null) {
            // A new encoder's first frame is always a keyframe.
            encoder = started(Encoders.encoder(rendition));
        } else if (sequencer.needsKeyframe(frame.captureNanos())) {
            encoder.forceKeyframe();
        }
        encoder.useTemporalLayers(sequencer.wantsTemporalLayers(frame.captureNanos()));
        encoder.take(frame);
        presentationNanos = presentation;
        return true;
    }

    /**
     * Encodes the frame that was taken; empty if the encoder left it out or failed. Called without the lock, but never twice at
     * a time.
     */
    final Optional<EncodedFrame> encode(Encoder running, long presentation) {
        long start = System.nanoTime();
        try {
            Optional<EncodedFrame> frame = running.encode();
            long nanos = System.nanoTime() - start;
            figures.encoded(running.name(), nanos, frame);
            return frame.map(made -> made.presentedAt(presentation).encodedIn(nanos));
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            figures.encodedInVain();
            failed(e);
            return Optional.empty();
        }
    }

    final void show(Optional<EncodedFrame> frame) {
        try {
            frame.ifPresent(sequencer::encoded);
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            failed(e);
        }
    }

    /**
     * Encodes on the stream's own thread, for a stream with one viewer: no other viewer has to wait for the encoder, and there
     * is one thread less between a frame and its answer. Never busy when a frame comes. While it encodes, the encoder is not
     * freed.
     */
    private static final class Inline extends EncodeStage {
        @GuardedBy("lock")
        private boolean busy;

        Inline(Rendition rendition, RenditionSequencer sequencer, RenditionFigures figures) {
            super(rendition, sequencer, figures);
        }

        @Override
        void offer(Frame frame, long presentation) {
            Encoder running;
            synchronized (lock) {
                if (!take(frame, presentation) || encoder == null) {
                    return;
                }
                running = encoder;
                busy = true;
            }
            Optional<EncodedFrame> made;
            try {
                made = encode(running, presentation);
            } finally {
                synchronized (lock) {
                    busy = false;
                    freeIfClosed();
                }
            }
            show(made);
        }

        @Override
        public void close() {
            synchronized (lock) {
                closed = true;
                freeIfClosed();
            }
        }

        /** Whoever is last to leave the encoder alone frees it. */
        @GuardedBy("lock")
        private void freeIfClosed() {
            if (closed && !busy && encoder != null) {
                encoder.close();
                encoder = null;
            }
        }
    }

    /**
     * Encodes on its own thread, which starts with the first frame and frees the encoder when it ends. There is room for one
     * frame beside the one being encoded, which a newer one replaces: a keyframe that takes longer than a frame interval costs no
     * frame. Nor do frames that come in pairs on a busy machine, before the thread that was woken for the first one runs: the
     * second waits a moment for it.
     */
    private static final class Threaded extends EncodeStage {
        private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

        private final String threadName;
        private final Semaphore work = new Semaphore(0);

        /** Busy: a frame waits, and the next one costs it its place. */
        @GuardedBy("lock")
        private boolean waiting;

        @GuardedBy("lock")
        private boolean encoding;

        Threaded(String threadName, Rendition rendition, RenditionSequencer sequencer, RenditionFigures figures) {
            super(rendition, sequencer, figures);
            this.threadName = threadName;
        }

        @Override
        void offer(Frame frame, long presentation) {
            synchronized (lock) {
                awaitWokenThread();
                boolean taken = take(frame, presentation);
                if (taken && waiting) {
                    figures.skipped();
                } else if (taken) {
                    waiting = true;
                    work.release();
                }
            }
        }

        /** One that does not encode is not slow, it only has no processor yet. */
        @GuardedBy("lock")
        private void awaitWokenThread() {
            long start = System.nanoTime();
            long left = LONGEST_WAIT_NANOS;
            try {
                while (waiting && !encoding && !closed && left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                    left = start + LONGEST_WAIT_NANOS - System.nanoTime();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            synchronized (lock) {
                closed = true;
                lock.notifyAll();
            }
            work.release();
        }

        /** Without a thread there is no encoder either: the next frame tries both again. */
        @Override
        Encoder started(Encoder made) {
            try {
                Threads.daemon(() -> run(made), threadName).start();
                return made;
            } catch (RuntimeException | Error e) {
                made.close();
                throw e;
            }
        }

        private void run(Encoder running) {
            try (WorkNote note = note()) {
                do {
                    work.acquireUninterruptibly();
                } while (encodeNext(running, note));
            } finally {
                synchronized (lock) {
                    closed = true;
                    running.close();
                }
            }
        }

        /** Encodes the next frame; false once this is closed. */
        private boolean encodeNext(Encoder running, WorkNote note) {
            long presentation;
            synchronized (lock) {
                if (closed) {
                    return false;
                }
                presentation = presentationNanos;
                running.begin();
                waiting = false;
                encoding = true;
                lock.notifyAll();
            }
            note.begin();
            Optional<EncodedFrame> frame = encode(running, presentation);
            note.end();
            show(frame);
            synchronized (lock) {
                encoding = false;
            }
            return true;
        }
    }
}
