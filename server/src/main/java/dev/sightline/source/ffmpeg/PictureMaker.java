package dev.sightline.source.ffmpeg;

import dev.sightline.frame.Picture;
import dev.sightline.source.SourceException;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Turns the packets of a video stream into frames, one at a time. Used by one thread. */
sealed interface PictureMaker extends AutoCloseable permits JpegPassage, H264Passthrough, DecodedPictures {

    /** The next step. */
    enum Step {
        /** A frame is there: see {@link #timeNanos} and {@link #picture}. */
        PICTURE,
        /** Another packet is needed. */
        PACKET,
        /** A packet was unusable and is skipped; ask again. */
        DAMAGED,
        /** All frames of all packets have been returned. */
        END
    }

    /** Looks for the next frame in the packets so far. */
    Step next() throws SourceException;

    /** Takes a packet, which the caller still owns. */
    Step offer(AVPacket packet) throws SourceException;

    /** No more packets come. */
    Step finish() throws SourceException;

    /** Discards everything, to begin again. */
    void reset();

    /** The current frame's time in nanoseconds, from its packet; AV_NOPTS_VALUE if it had none. */
    long timeNanos();

    /** The current frame's duration in nanoseconds, from its packet; 0 if it is not given. */
    long durationNanos();

    /** The current frame with its identity; the caller closes it if it is raw. */
    Picture picture(long seq, long captureNanos) throws SourceException;

    @Override
    void close();
}
