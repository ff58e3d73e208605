package dev.sightline.source.ffmpeg;

import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.source.SourceException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the frames of an input one after the other: JPEG frames unchanged, those of a live H.264 video too if viewers can
 * decode them, all others decoded.
 *
 * <p>A damaged packet is skipped and counted; too many in a row end the reading. Used and closed by one thread, whose
 * interruption ends every wait.
 */
public final class VideoReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VideoReader.class);

    /** A video joined in the middle shows a frame sooner than this. */
    private static final int DAMAGED_IN_A_ROW = 300;

    private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(10);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final MediaInput input;
    private final Deadline deadline;
    private final Demuxer demuxer;
    private final PictureMaker maker;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final PictureShare share;
    private final ReadTimeout timeout;
    private int damagedInARow;
    private long damaged;
    private boolean ended;

    private VideoReader(MediaInput input, Deadline deadline, Demuxer demuxer, PictureMaker maker, PictureShare share) {
        this.share = share;
        this.input = input;
        this.deadline = deadline;
        this.demuxer = demuxer;
        this.maker = maker;
        this.timeout = new ReadTimeout(input.limits());
    }

    /**
     * Opens an input.
     *
     * @throws SourceException if it cannot be opened within its time limit, contains no video, or has too large frames
     */
    public static VideoReader open(MediaInput input) throws SourceException, InterruptedException {
        Deadline deadline = new Deadline();
        deadline.start(input.limits().open());
        Demuxer demuxer = null;
        PictureShare share = new PictureShare();
        try {
            demuxer = Demuxer.open(input, deadline);
            AVCodecParameters video = demuxer.parameters();
            share.decoded(input.subject(), video.width(), video.height());
            return new VideoReader(input, deadline, demuxer, maker(input, demuxer), share);
        } catch (SourceException | InterruptedException | RuntimeException failure) {
            if (demuxer != null) {
                demuxer.close();
            }
            share.close();
            deadline.close();
            throw failure;
        }
    }

    /**
     * Waits for the next frame, which then is the current one.
     *
     * @return false at the end of the input
     */
    public boolean advance() throws SourceException, InterruptedException {
        deadline.start(timeout.limit());
        PictureMaker.Step step = maker.next();
        while (step != PictureMaker.Step.PICTURE) {
            demuxer.check();
            switch (step) {
                case PACKET -> step = read();
                case DAMAGED -> {
                    countDamage();
                    step = maker.next();
                }
                default -> {
                    ended = true;
                    return false;
                }
            }
        }
        timeout.arrived(System.nanoTime());
        demuxer.renew();
        damagedInARow = 0;
        return true;
    }

    /** The current frame's time in nanoseconds, of the input's kind of timing; empty if it has none. */
    public OptionalLong timeNanos() {
        long time = maker.timeNanos();
        return time == avutil.AV_NOPTS_VALUE ? OptionalLong.empty() : OptionalLong.of(time);
    }

    /**
     * The current frame with its identity; call it at most once per frame.
     *
     * @return an encoded JPEG frame, or a raw one, which the caller closes
     */
    public Picture picture(long seq, long captureNanos) throws SourceException {
        Picture picture = maker.picture(seq, captureNanos);
        try {
            share.decoded(input.subject(), picture.width(), picture.height());
            return picture;
        } catch (SourceException noRoom) {
            if (picture instanceof Frame frame) {
                frame.close();
            }
            throw noRoom;
        }
    }

    /** Returns to before the first frame; false if the input cannot, and has to be reopened. */
    public boolean rewind() {
        deadline.start(input.limits().open());
        maker.reset();
        return demuxer.rewind();
    }

    /** The current frame's duration in nanoseconds, 1 ms to 10 s; the usual interval if it is not given. */
    long durationNanos() {
        long own = maker.durationNanos();
        return own > 0 ? Math.max(SHORTEST, Math.min(LONGEST, own)) : demuxer.intervalNanos();
    }

    /** Whether {@link #timeNanos} has any origin, as in a recording, rather than that of {@link System#nanoTime}. */
    public boolean recorded() {
        return demuxer.recorded();
    }

    /** Whether a presumably live input has come so fast that it must be a recording. */
    boolean looksRecorded() {
        return demuxer.clock().tellsRecording();
    }

    /**
     * Whether a presumably live input has ended normally and was a recording. One that broke off may be live and have begun
     * with a burst.
     */
    boolean wasRecorded() {
        return ended && demuxer.clock().tellsRecordingAtEnd();
    }

    /** The number of damaged packets skipped since the opening. */
    public long damaged() {
        return damaged;
    }

    @Override
    public void close() {
        // FFmpeg may still say goodbye to a server, which must not take long.
        deadline.start(CLOSE_LIMIT);
        avcodec.av_packet_free(packet);
        maker.close();
        demuxer.close();
        share.close();
        deadline.close();
        if (damaged > 0) {
            LOG.info("{}: {} damaged packets were skipped", input.subject(), damaged);
        }
    }

    private PictureMaker.Step read() throws SourceException, InterruptedException {
        return switch (demuxer.read(packet)) {
            case PACKET -> offer();
            case DAMAGED -> PictureMaker.Step.DAMAGED;
            case END -> maker.finish();
        };
    }

    private PictureMaker.Step offer() throws SourceException {
        if (!share.encoded(packet.size())) {
            throw new SourceException(input.subject() + ": " + PictureShare.refusal(packet.size()));
        }
        return maker.offer(packet);
    }

    private void countDamage() throws SourceException {
        damaged++;
        damagedInARow++;
        if (damagedInARow == DAMAGED_IN_A_ROW) {
            throw new SourceException(input.subject() + ": " + DAMAGED_IN_A_ROW
                    + " damaged packets in a row: the video is broken, or of a kind that cannot be decoded here");
        }
    }

    private static PictureMaker maker(MediaInput input, Demuxer demuxer) throws SourceException {
        AVCodecParameters parameters = demuxer.parameters();
        boolean asStored = demuxer.sampleAspectRatio().isSquare()
                && Orientation.of(parameters).equals(Orientation.UPRIGHT);
        if (parameters.codec_id() == avcodec.AV_CODEC_ID_MJPEG && asStored) {
            return new JpegPassage(input.subject());
        }
        if (asStored && !demuxer.recorded()) {
            Optional<H264Passthrough> passage = H264Passthrough.of(input.subject(), parameters);
            if (passage.isPresent()) {
                return passage.get();
            }
        }
        return DecodedPictures.of(input, demuxer);
    }
}
