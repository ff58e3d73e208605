package dev.sightline.stream;

import dev.sightline.codec.Encoder;
import dev.sightline.codec.Encoders;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the raw frames of one rendition. The stream's thread lends a frame to {@link #offer}: a stage that has room copies
 * it into its encoder's input, and one that is busy skips it and counts that. Each stage has its own meaning of busy. What
 * is encoded goes to the {@link RenditionSequencer}. The encoder is made with the first frame.
 */
abstract sealed class EncodeStage implements AutoCloseable permits InlineStage, ThreadedStage {
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
            return new InlineStage(rendition, sequencer, figures);
        }
        String thread = stream + "-" + rendition.codec().codecName();
        return rendition instanceof Rendition.Video
                ? new TwoSlotStage(thread, rendition, sequencer, figures)
                : new OneSlotStage(thread, rendition, sequencer, figures);
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
}
