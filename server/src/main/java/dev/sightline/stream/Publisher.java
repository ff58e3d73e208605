package dev.sightline.stream;

import dev.sightline.codec.PictureException;
import dev.sightline.frame.Metadata;

/**
 * Somebody who sends a stream's pictures: a page with a camera, or a program. Of what it sends, only the newest picture
 * that was not worked on yet is kept; of video a short run, in which each builds on the one before. Safe for use by any thread; no call waits.
 */
public final class Publisher implements AutoCloseable {
    private final PublisherIntake intake;
    private final long droppedBefore;

    Publisher(PublisherIntake intake, long droppedBefore) {
        this.intake = intake;
        this.droppedBefore = droppedBefore;
    }

    /**
     * Gives the next picture.
     *
     * @param picture a complete JPEG, PNG or WebP; the array is taken over
     * @throws PictureException if it is no such picture, is cut short or too large; the next may be right
     * @throws PublishException if this publisher was silent and somebody else took its place, or the stream has ended
     */
    public void put(byte[] picture) throws PictureException, PublishException {
        intake.put(this, picture, Metadata.EMPTY);
    }

    /** Gives the next picture with what the publisher calls it, which comes back with the result. */
    public void put(byte[] picture, SenderFrameId from) throws PictureException, PublishException {
        intake.put(this, picture, from.metadata());
    }

    /**
     * Gives the next picture of a video; it may come to viewers in any codec. Its capture time is now.
     *
     * @throws PictureException if a keyframe does not say its size, or is too large; the next may be right
     * @throws PublishException as for a single picture
     */
    public void put(EncodedVideo picture) throws PictureException, PublishException {
        intake.put(this, picture);
    }

    /**
     * Says what to do when a keyframe of the video is wanted, because pictures were lost on this side, or nothing can be
     * decoded yet: usually the sender is asked for one.
     *
     * @param ask called by any thread, about twice a second at most, until a keyframe comes
     */
    public void onKeyframeWanted(Runnable ask) {
        intake.onKeyframeWanted(this, ask);
    }

    /** Pictures replaced by newer ones before they were worked on, since this publisher began. */
    public long dropped() {
        return intake.dropped() - droppedBefore;
    }

    /** Sends no more: the stream is OFFLINE until somebody else does; a private one ends. Does not wait. */
    @Override
    public void close() {
        intake.left(this);
    }
}
