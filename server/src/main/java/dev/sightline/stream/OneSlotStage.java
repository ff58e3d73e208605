package dev.sightline.stream;

import dev.sightline.codec.Encoder;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import java.util.Optional;

/** Room for one frame, the one that is encoded. Busy from when it is taken until it is encoded: for single pictures. */
final class OneSlotStage extends ThreadedStage {
    /** Guarded by the lock. */
    private boolean busy;

    OneSlotStage(String threadName, Rendition rendition, RenditionSequencer sequencer, RenditionFigures figures) {
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
    boolean encodeNext(Encoder running) {
        long presentation;
        synchronized (lock) {
            if (closed) {
                return false;
            }
            presentation = presentationNanos;
        }
        Optional<EncodedFrame> frame = encode(running, presentation);
        synchronized (lock) {
            // Before anybody is shown the frame: who answers it with the next finds the encoder ready.
            busy = false;
        }
        show(frame);
        return true;
    }
}
