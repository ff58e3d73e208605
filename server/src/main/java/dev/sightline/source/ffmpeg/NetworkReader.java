package dev.sightline.source.ffmpeg;

import dev.sightline.frame.Picture;
import dev.sightline.source.Numbering;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceReader;
import java.util.Optional;

/**
 * Reads an input that may be live or a recording: plays a recording at its own pace, and delivers live frames as they arrive.
 *
 * <p>A recording has a duration, or its server gives a size. Without either, the input counts as live until its timestamps show
 * otherwise ({@link MediaClock}); then it is reopened and played from its beginning.
 */
public final class NetworkReader implements SourceReader {
    private final MediaInput input;
    private final boolean loop;
    private final Numbering numbering;
    private final VideoReader video;
    private SourceReader reader;
    private boolean live;
    private long damagedBefore;

    private NetworkReader(MediaInput input, boolean loop, Numbering numbering, VideoReader video) {
        this.input = input;
        this.loop = loop;
        this.numbering = numbering;
        this.video = video;
        this.live = !video.recorded();
        this.reader = live ? LiveReader.of(video, input, numbering) : PacedReader.of(video, input, loop, numbering);
    }

    /**
     * Opens an input.
     *
     * @param loop whether a recording begins again at its end
     */
    public static NetworkReader open(MediaInput input, boolean loop, Numbering numbering)
            throws SourceException, InterruptedException {
        return new NetworkReader(input, loop, numbering, VideoReader.open(input));
    }

    @Override
    public Optional<Picture> read() throws SourceException, InterruptedException {
        if (live && video.looksRecorded()) {
            playAsRecording();
        }
        try {
            return reader.read();
        } catch (SourceException failure) {
            if (!live || !video.wasRecorded()) {
                throw failure;
            }
        }
        playAsRecording();
        return reader.read();
    }

    private void playAsRecording() throws SourceException, InterruptedException {
        MediaInput recording = input.with(MediaInput.Timing.TIMESTAMPS);
        SourceReader next = PacedReader.open(recording, loop, numbering);
        damagedBefore += reader.damaged();
        reader.close();
        reader = next;
        live = false;
    }

    @Override
    public long damaged() {
        return damagedBefore + reader.damaged();
    }

    @Override
    public void close() {
        reader.close();
    }
}
