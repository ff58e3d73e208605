package dev.sightline.source.ffmpeg;

import dev.sightline.frame.Picture;
import dev.sightline.source.Numbering;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceReader;
import java.util.Optional;

/** Delivers the frames of a live input as they come; their capture times are those of arrival, or the device's own. */
public final class LiveReader implements SourceReader {
    private final VideoReader video;
    private final String subject;
    private final Numbering numbering;
    private long lastCaptureNanos;

    private LiveReader(VideoReader video, String subject, Numbering numbering) {
        this.video = video;
        this.subject = subject;
        this.numbering = numbering;
    }

    /** Opens a live input. */
    public static LiveReader open(MediaInput input, Numbering numbering) throws SourceException, InterruptedException {
        return of(VideoReader.open(input), input, numbering);
    }

    /** Reads from an opened input; closes it at the end. */
    public static LiveReader of(VideoReader video, MediaInput input, Numbering numbering) {
        return new LiveReader(video, input.subject(), numbering);
    }

    /** The next frame. A live input has no normal end: where it ends, it is lost. */
    @Override
    public Optional<Picture> read() throws SourceException, InterruptedException {
        if (!video.advance()) {
            throw new SourceException(subject + ": the other side ended the stream");
        }
        long nanoTime = video.timeNanos().orElseGet(System::nanoTime);
        // Frames arrived in decoding order, which may differ from the order of display.
        lastCaptureNanos = Math.max(lastCaptureNanos, numbering.clock().ofNanoTime(nanoTime));
        return Optional.of(video.picture(numbering.next(), lastCaptureNanos));
    }

    @Override
    public long damaged() {
        return video.damaged();
    }

    @Override
    public void close() {
        video.close();
    }
}
