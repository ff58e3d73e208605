package dev.sightline.stream;

import dev.sightline.codec.CodecException;
import dev.sightline.codec.JpegIdentity;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Metadata;
import dev.sightline.frame.Picture;
import dev.sightline.frame.PixelFormat;
import dev.sightline.metrics.HistogramSnapshot;
import dev.sightline.stream.fanout.Fanout;
import dev.sightline.stream.fanout.GopCache;
import dev.sightline.stream.fanout.Subscription;
import dev.sightline.stream.status.StreamStatus.RenditionStatus;
import dev.sightline.stream.wire.FrameMessage;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One rendition while it is watched. Raw frames go through its {@link EncodeStage}, passthrough frames need none, and the
 * {@link RenditionSequencer} orders what goes out. Metadata needs no encoder.
 */
final class RenditionTrack implements AutoCloseable {
    private final Rendition rendition;
    private final RenditionSequencer sequencer;
    private final RenditionFigures figures;
    private final EncodeStage stage;
    private final EncodeTimes encodeTimes;

    /**
     * Creates a rendition whose encoder is made with the first raw frame.
     *
     * @param inline whether the stream's own thread encodes
     * @param encodeTimes those of all renditions of the stream
     * @param upstream is told what viewers need
     * @param onLeave gets each subscription that was closed
     */
    RenditionTrack(
            String streamName,
            Rendition rendition,
            boolean inline,
            EncodeTimes encodeTimes,
            Upstream upstream,
            Consumer<Subscription> onLeave) {
        this.rendition = rendition;
        this.sequencer = new RenditionSequencer(rendition, upstream, onLeave);
        this.figures = new RenditionFigures(streamName, rendition, encodeTimes);
        this.encodeTimes = encodeTimes;
        this.stage = EncodeStage.of(streamName, rendition, inline, sequencer, figures)
                .noting(() -> upstream.notes().note(streamName));
    }

    Rendition rendition() {
        return rendition;
    }

    Fanout fanout() {
        return sequencer.fanout();
    }

    /**
     * By the stream's thread: the encoder copies the frame or skips it. If a frame cannot be encoded, only this rendition
     * misses it.
     *
     * @param presentation the frame's presentation timestamp
     */
    void offer(Frame frame, long presentation) {
        try {
            if (rendition.equals(Rendition.METADATA)) {
                send(identity(frame, frame.seq(), encodeTimes.addTo(frame.metadata()))
                        .presentedAt(presentation));
            } else {
                stage.offer(frame, presentation);
            }
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            stage.failed(e);
        }
    }

    /** Before the first viewer: the source's own video since its newest keyframe, if viewers get that. */
    void begin(List<EncodedFrame> gop) {
        sequencer.begin(gop);
    }

    /** By the stream's thread: passes a frame of the source's own video, after those in the GOP cache. */
    void pass(EncodedFrame frame, GopCache gop) {
        long seen = sequencer.newestSeq();
        if (seen > 0 && rendition instanceof Rendition.Video) {
            gop.after(seen).stream()
                    .filter(missed -> missed.seq() < frame.seq())
                    .forEach(this::pass);
        }
        if (frame.seq() != seen) {
            pass(frame);
        }
    }

    /** By the stream's thread: passes a frame of the source; its identity is written into it. */
    void pass(EncodedFrame frame) {
        if (rendition.equals(Rendition.METADATA)) {
            send(identity(frame, frame.seq(), encodeTimes.addTo(frame.metadata()))
                    .presentedAt(frame.presentationNanos()));
        } else if (rendition.codec() == Codec.MJPEG) {
            send(JpegIdentity.stamp(frame).presentedAt(frame.presentationNanos()));
        } else {
            send(frame);
        }
    }

    /** Stands for a frame when only its identity and metadata are needed. */
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
        figures.passed(frame);
        sequencer.passed(frame);
    }

    /** By the thread of a worker's messages: the next frame. */
    void arrived(FrameMessage message) {
        if (message.slate()) {
            publishSlate(message.frame());
        } else {
            figures.passed(message.frame());
            sequencer.elsewhere(message.frame(), !message.ofSource());
        }
    }

    /** By any thread: whether to ask a worker for a keyframe now, by the clock of capture times. */
    boolean keyframeDue(long nanos) {
        return sequencer.keyframeDue(nanos);
    }

    /** By any thread: no frame follows the last one; the next is a keyframe. */
    void interrupt() {
        sequencer.interrupt();
    }

    /** By any thread: a slate; live frames restart after it. */
    void publishSlate(EncodedFrame slate) {
        sequencer.slate(slate);
    }

    /** By any thread: whether a viewer lost the slate and needs another now, by the clock of capture times. */
    boolean needsSlateAgain(long nanos) {
        return sequencer.needsSlateAgain(nanos);
    }

    /** By any thread: the newest live frame, raw and gray, if it is available; the caller closes it. */
    Optional<Frame> lastSeen() {
        if (rendition instanceof Rendition.Video && !sequencer.isPassed()) {
            return stage.lastTaken();
        }
        try (CatchUpDecoder raw = new CatchUpDecoder()) {
            return sequencer
                    .lastKeyframe()
                    .filter(keyframe -> keyframe.size() > 0)
                    .flatMap(keyframe -> raw.decode(keyframe, PixelFormat.GRAY));
        } catch (CodecException broken) {
            // It passed through and cannot be decoded here, whatever viewers saw of it.
            return Optional.empty();
        }
    }

    RenditionStatus status() {
        return figures.status(fanout().viewers(), sequencer.forced());
    }

    /** Frames that were skipped, could not be encoded, or depended on one of these. */
    long dropped() {
        return figures.dropped() + sequencer.leftOut();
    }

    /** Its encoder's times so far. */
    HistogramSnapshot encodeTimes() {
        return figures.times();
    }

    /** Ends the encoder's thread without waiting for it. */
    @Override
    public void close() {
        stage.close();
    }
}
