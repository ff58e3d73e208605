package dev.sightline.stream;

import dev.sightline.codec.Encoder;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.Frame;

/**
 * Room for one frame beside the one that is encoded: always the newest, which takes the place of one that waits. For video,
 * where a keyframe that takes longer than an interval then costs no frame.
 */
final class TwoSlotStage extends ThreadedStage {
    /** Busy: a frame waits, and the next one costs it its place. Guarded by the lock. */
    private boolean waiting;

    TwoSlotStage(String threadName, Rendition rendition, RenditionSequencer sequencer, RenditionFigures figures) {
        super(threadName, rendition, sequencer, figures);
    }

    @Override
    void offer(Frame frame, long presentation) {
        synchronized (lock) {
            if (!take(frame, presentation)) {
                return;
            }
            if (waiting) {
                figures.skipped();
            } else {
                waiting = true;
                wake();
            }
        }
    }

    @Override
    boolean encodeNext(Encoder running) {
        long presentation;
        synchronized (lock) {
            if (closed) {
                return false;
            }
            presentation = presentationNanos;
            running.begin();
            waiting = false;
        }
        show(encode(running, presentation));
        return true;
    }
}
