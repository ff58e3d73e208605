package dev.sightline.stream;

import dev.sightline.codec.Encoder;
import dev.sightline.codec.Encoders;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the raw frames of one rendition. The stream's thread lends a frame to {@link #offer}: a stage that has room copies
 * it into its encoder's input, and one that is busy skips it and counts that. Each stage has its own meaning of busy. What
 * is encoded goes to the {@link RenditionSequencer}. The encoder is made with the first frame.
 */
abstract sealed class EncodeStage implements AutoCloseable {
    final Object lock = new Object();
    final RenditionFigures figures;

    private final Rendition rendition;
    private final RenditionSequencer sequencer;

    // Guarded by the lock.
    @Nullable
    Encoder encoder;

    boolean closed;
    /** Of the frame that was taken last. */
    long presentationNanos;

    EncodeStage(Rendition rendition, RenditionSequencer sequencer, RenditionFigures figures) {
        this.rendition = rendition;
        this.sequencer = sequencer;
        this.figures = figures;
    }

    /**
     * The stage that a rendition needs.
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
        String thread = stream + "-" + rendition.codec().codecName();
        return rendition instanceof Rendition.Video
                ? new TwoSlots(thread, rendition, sequencer, figures)
                : new OneSlot(thread, rendition, sequencer, figures);
    }

    /**
     * By the stream's thread: copies the frame if there is room for it.
     *
     * @param presentation its presentation timestamp
     * @throws dev.sightline.codec.CodecException if it cannot be had in this rendition
     */
    abstract void offer(Frame frame, long presentation);

    /** The raw frame that was taken last, in gray, where it is kept; the caller closes it. By any thread. */
    Optional<Frame> lastTaken() {
        synchronized (lock) {
            return encoder == null || closed ? Optional.empty() : encoder.lastTaken();
        }
    }

    /** A live frame cannot be had in this rendition: it is left out of it, and no other rendition misses anything. */
    void failed(Throwable why) {
        sequencer.interrupt();
        figures.failed(why);
    }

    /** Ends encoding, without waiting for what is being encoded. By any thread. */
    @Override
    public abstract void close();

    /** Where the encoder's work is done; called once, before its first frame. */
    Encoder started(Encoder made) {
        return made;
    }

    /** Under the lock: copies the frame. Answers whether it did: not once this is closed. */
    final boolean take(Frame frame, long presentation) {
        if (closed) {
            return false;
        }
        if (encoder == null) {
            // Its first frame is a keyframe in any case.
            encoder = started(Encoders.encoder(rendition));
        } else if (sequencer.needsKeyframe(frame.captureNanos())) {
            encoder.forceKeyframe();
        }
        encoder.take(frame);
        presentationNanos = presentation;
        return true;
    }

    /** Encodes what was taken; empty if it is left out, or failed. Without the lock, but never twice at a time. */
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
     * Encodes on the stream's own thread, for a stream with one viewer: there is nobody else whom an encoder could hold up, and
     * one thread less between a frame and its answer. Never busy when a frame comes; while it is, the encoder is not freed.
     */
    private static final class Inline extends EncodeStage {
        /** Guarded by the lock. */
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

        /** Under the lock: whoever is last to leave the encoder alone frees it. */
        private void freeIfClosed() {
            if (closed && !busy && encoder != null) {
                encoder.close();
                encoder = null;
            }
        }
    }

    /** Encodes on a thread of its own, which starts with the first frame and frees the encoder at its end. */
    private abstract static sealed class Threaded extends EncodeStage {
        private final String threadName;
        private final Semaphore work = new Semaphore(0);

        Threaded(String threadName, Rendition rendition, RenditionSequencer sequencer, RenditionFigures figures) {
            super(rendition, sequencer, figures);
            this.threadName = threadName;
        }

        /** Under the lock, by the encoder's thread: what was taken is about to be encoded. */
        void begin(Encoder running) {}

        /** By the encoder's thread: it is encoded. Who answers it with the next frame finds the encoder ready. */
        void encoded() {}

        /** There is one frame more to encode. */
        final void wake() {
            work.release();
        }

        @Override
        public final void close() {
            synchronized (lock) {
                closed = true;
            }
            wake();
        }

        /** Where no thread can be had, there is no encoder either: the next frame asks for both again. */
        @Override
        final Encoder started(Encoder made) {
            try {
                Threads.daemon(() -> run(made), threadName).start();
                return made;
            } catch (RuntimeException | Error e) {
                made.close();
                throw e;
            }
        }

        /** Answers whether to go on: not once this is closed. */
        private boolean encodeNext(Encoder running) {
            long presentation;
            synchronized (lock) {
                if (closed) {
                    return false;
                }
                presentation = presentationNanos;
                begin(running);
            }
            Optional<EncodedFrame> frame = encode(running, presentation);
            encoded();
            show(frame);
            return true;
        }

        private void run(Encoder running) {
            try {
                do {
                    work.acquireUninterruptibly();
                } while (encodeNext(running));
            } finally {
                synchronized (lock) {
                    closed = true;
                    running.close();
                }
            }
        }
    }

    /** Room for one frame, the one that is encoded. Busy from when it is taken until it is encoded: for single pictures. */
    private static final class OneSlot extends Threaded {
        /** Guarded by the lock. */
        private boolean busy;

        OneSlot(String threadName, Rendition rendition, RenditionSequencer sequencer, RenditionFigures figures) {
            super(threadName, rendition, sequencer, figures);
        }

        @Override
        void offer(Frame frame, long presentation) {
            synchronized (lock) {
                if (busy) {
                    figures.skipped();
                } else if (take(frame, presentation)) {
                    busy = true;
                    wake();
                }
            }
        }

        @Override
        void encoded() {
            synchronized (lock) {
                busy = false;
            }
        }
    }

    /**
     * Room for one frame beside the one that is encoded: always the newest, which takes the place of one that waits. For video,
     * where a keyframe that takes longer than an interval then costs no frame.
     */
    private static final class TwoSlots extends Threaded {
        /** Busy: a frame waits, and the next one costs it its place. Guarded by the lock. */
        private boolean waiting;

        TwoSlots(String threadName, Rendition rendition, RenditionSequencer sequencer, RenditionFigures figures) {
            super(threadName, rendition, sequencer, figures);
        }

        @Override
        void offer(Frame frame, long presentation) {
            synchronized (lock) {
                boolean taken = take(frame, presentation);
                if (taken && waiting) {
                    figures.skipped();
                } else if (taken) {
                    waiting = true;
                    wake();
                }
            }
        }

        @Override
        void begin(Encoder running) {
            running.begin();
            waiting = false;
        }
    }
}
