package dev.sightline.stream;

import dev.sightline.codec.Encoder;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import java.util.Optional;

/**
 * Encodes on the stream's own thread, for a stream with one viewer: there is nobody else whom an encoder could hold up, and
 * one thread less between a frame and its answer. Never busy when a frame comes; while it is, the encoder is not freed.
 */
final class InlineStage extends EncodeStage {
    /** Guarded by the lock. */
    private boolean busy;

    InlineStage(Rendition rendition, RenditionSequencer sequencer, RenditionFigures figures) {
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
