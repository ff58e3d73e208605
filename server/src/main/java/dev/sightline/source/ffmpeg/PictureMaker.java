package dev.sightline.source.ffmpeg;

import dev.sightline.frame.Picture;
import dev.sightline.source.SourceException;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Turns the packets of a video stream into pictures, of which it holds one at a time. Used by one thread. */
sealed interface PictureMaker extends AutoCloseable permits JpegPassage, H264Passthrough, DecodedPictures {

    /** What has to be done next. */
    enum Step {
        /** A picture is there: {@link #timeNanos} and {@link #picture} tell of it. */
        PICTURE,
        /** Another packet is wanted. */
        PACKET,
        /** A packet was of no use and is skipped; ask again. */
        DAMAGED,
        /** All pictures of all packets have been there. */
        END
    }

    /** Looks for the next picture in what was offered. */
    Step next() throws SourceException;

    /** Takes a packet, which stays the caller's. */
    Step offer(AVPacket packet) throws SourceException;

    /** Says that no more packets come. */
    Step finish() throws SourceException;

    /** Forgets everything, for another beginning. */
    void reset();

    /** The present picture's time in nanoseconds, as its packet had it; AV_NOPTS_VALUE where it had none. */
    long timeNanos();

    /** How long the present picture is shown, in nanoseconds, as its packet had it; 0 where it does not say. */
    long durationNanos();

    /** The present picture with its identity; the caller closes it where it is raw. */
    Picture picture(long seq, long captureNanos) throws SourceException;

    @Override
    void close();
}
