package dev.sightline.stream;

import dev.sightline.codec.PictureException;
import dev.sightline.frame.Metadata;
import dev.sightline.metrics.SingleWriterCounter;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.status.PublisherStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * A sender of a stream's frames: a page with a camera, or a program. Only its newest unprocessed frame is stored; of video, a
 * short run in which each frame depends on the one before. Safe for use by any thread; no call waits.
 */
public final class Publisher implements AutoCloseable {
    private final LiveStream stream;
    private final PublisherIntake intake;
    private final long droppedBefore;
    private final Sender sender;
    private final Instant since;
    // Counted under the intake's lock.
    private final SingleWriterCounter taken = new SingleWriterCounter();
    private final SingleWriterCounter refused = new SingleWriterCounter();

    Publisher(LiveStream stream, PublisherIntake intake, long droppedBefore, Sender sender, Instant since) {
        this.stream = stream;
        this.intake = intake;
        this.droppedBefore = droppedBefore;
        this.sender = sender;
        this.since = since;
    }

    /** The stream that its pictures go to: of a mirror, its own session. */
    public LiveStream stream() {
        return stream;
    }

    /**
     * Sends the next frame.
     *
     * @param picture a complete JPEG, PNG or WebP; the array is taken over
     * @throws PictureException if it is no such picture, is cut short or too large; the next may be right
     * @throws RefusedException if this publisher was silent and somebody else took its place, or the stream has ended
     */
    public void put(byte[] picture) throws PictureException, RefusedException {
        put(new SentPicture(picture, Optional.empty()));
    }

    /** Sends the next frame with the publisher's own id, which comes back with the result. */
    public void put(SentPicture sent) throws PictureException, RefusedException {
        Metadata metadata = sent.from().map(SenderFrameId::metadata).orElse(Metadata.EMPTY);
        intake.put(this, sent.bytes(), metadata);
    }

    /**
     * Sends the next frame of a video; viewers may get it in any codec. Its capture time is now.
     *
     * @throws PictureException if a keyframe does not say its size, or is too large; the next may be right
     * @throws RefusedException as for a single picture
     */
    public void put(EncodedVideo picture) throws PictureException, RefusedException {
        intake.put(this, picture);
    }

    /**
     * Sets what to do when a keyframe is needed, because frames were lost here or nothing can be decoded yet: usually a
     * keyframe request to the sender.
     *
     * @param ask called by any thread, about twice a second at most, until a keyframe comes
     */
    public void onKeyframeWanted(Runnable ask) {
        intake.onKeyframeWanted(this, ask);
    }

    /** Frames of this publisher that were replaced by newer ones before they were processed. */
    public long dropped() {
        return intake.dropped() - droppedBefore;
    }

    /** What can be said of it now. */
    PublisherStatus status() {
        return new PublisherStatus(sender.transport(), sender.address(), since, taken.value(), refused.value());
    }

    /** Asks its transport to end its connection. */
    void disconnect(String why) {
        sender.onDisconnect().accept(why);
    }

    /** Tells it that it has lost its place. */
    void refuse(RefusedException why) {
        sender.onRefused().accept(why);
    }

    void countTaken() {
        taken.increment();
    }

    void countRefused() {
        refused.increment();
    }

    /** Stops publishing: the stream is OFFLINE until the next publisher; a private one ends. Does not wait. */
    @Override
    public void close() {
        intake.left(this);
    }
}
