package dev.sightline.source.ffmpeg;

import dev.sightline.frame.Picture;
import dev.sightline.source.Numbering;
import dev.sightline.source.Pacer;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceReader;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Plays a recording at its own pace; a frame's capture time is the instant at which it is due.
 *
 * <p>The last frame is also shown for its own duration. An input of one frame is a still image: it is read again {@value
 * #STILLS_PER_SECOND} times per second.
 */
public final class PacedReader implements SourceReader {
    private static final int STILLS_PER_SECOND = 5;
    private static final long STILL_INTERVAL = TimeUnit.SECONDS.toNanos(1) / STILLS_PER_SECOND;

    private final MediaInput input;
    private final boolean loop;
    private final Numbering numbering;
    private final Timetable timetable = new Timetable();
    private VideoReader video;
    private long picturesThisRound;
    private boolean still;
    private long due;
    private long lasts;
    private long damagedBefore;
    private volatile boolean resting;

    private PacedReader(MediaInput input, boolean loop, Numbering numbering, VideoReader video) {
        this.input = input;
        this.loop = loop;
        this.numbering = numbering;
        this.video = video;
    }

    /**
     * Opens a recording.
     *
     * @param loop whether it starts again at its end
     */
    public static PacedReader open(MediaInput input, boolean loop, Numbering numbering)
            throws SourceException, InterruptedException {
        return of(VideoReader.open(input), input, loop, numbering);
    }

    /** Plays an opened input; closes it at the end. */
    public static PacedReader of(VideoReader video, MediaInput input, boolean loop, Numbering numbering) {
        return new PacedReader(input, loop, numbering, video);
    }

    @Override
    public Optional<Picture> read() throws SourceException, InterruptedException {
        while (!video.advance()) {
            if (picturesThisRound == 0) {
                throw new SourceException(input.subject()
                        + ": not one picture could be decoded: it is broken, or its pictures have more than 33"
                        + " megapixels, or more scans than any camera's");
            }
            if (!loop) {
                rest(due + lasts);
                return Optional.empty();
            }
            beginAgain();
        }
        picturesThisRound++;
        due = timetable.due(video.timeNanos(), still ? STILL_INTERVAL : lasts, System.nanoTime());
        lasts = video.durationNanos();
        rest(due);
        return Optional.of(video.picture(numbering.next(), numbering.clock().ofNanoTime(due)));
    }

    private void rest(long until) throws InterruptedException {
        resting = true;
        try {
            Pacer.await(until);
        } finally {
            resting = false;
        }
    }

    @Override
    public boolean isResting() {
        return resting;
    }

    @Override
    public long damaged() {
        return damagedBefore + video.damaged();
    }

    @Override
    public void close() {
        video.close();
    }

    /** A still image is always reopened, so that a replaced file is noticed. */
    private void beginAgain() throws SourceException, InterruptedException {
        still = picturesThisRound == 1;
        if (still) {
            Pacer.await(due + STILL_INTERVAL);
        }
        if (still || !video.rewind()) {
            damagedBefore += video.damaged();
            video.close();
            video = VideoReader.open(input);
        }
        picturesThisRound = 0;
        timetable.beginAgain();
    }
}
