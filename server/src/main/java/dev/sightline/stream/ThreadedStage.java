package dev.sightline.stream;

import dev.sightline.codec.Encoder;
import dev.sightline.codec.Rendition;
import java.util.concurrent.Semaphore;

/** Encodes on a thread of its own, which starts with the first frame and frees the encoder at its end. */
abstract sealed class ThreadedStage extends EncodeStage permits OneSlotStage, TwoSlotStage {
    private final String threadName;
    private final Semaphore work = new Semaphore(0);

    ThreadedStage(String threadName, Rendition rendition, RenditionSequencer sequencer, RenditionFigures figures) {
        super(rendition, sequencer, figures);
        this.threadName = threadName;
    }

    /** By the encoder's thread: encodes one frame. Answers whether to go on: not once this is closed. */
    abstract boolean encodeNext(Encoder running);

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
