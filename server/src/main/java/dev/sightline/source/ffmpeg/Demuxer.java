package dev.sightline.source.ffmpeg;

import dev.sightline.ffmpeg.NativeError;
import dev.sightline.ffmpeg.NativeLog;
import dev.sightline.source.AddressMask;
import dev.sightline.source.SourceException;
import dev.sightline.source.ffmpeg.MediaInput.Timing;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * An opened input. It reads the packets of the best video stream and converts their times from the stream's timebase to
 * nanoseconds.
 *
 * <p>Used and closed by one thread.
 */
final class Demuxer implements AutoCloseable {
    static final AVRational NANOSECOND = new AVRational().num(1).den(1_000_000_000);
    private static final long USUAL_INTERVAL = TimeUnit.MILLISECONDS.toNanos(40);

    /**
     * Limits single allocations of FFmpeg: a plane of the largest frame with 16 bits per colour, and some room. A header of a
     * few bytes can announce an index of gigabytes.
     */
    private static final long LARGEST_PIECE = 320L << 20;

    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(2);

    /** A device clock further than this from ours is another clock. */
    private static final long PLAUSIBLE_AGE = TimeUnit.SECONDS.toNanos(10);

    private final MediaInput input;
    private final Deadline deadline;
    private final AVFormatContext context;
    private final AVStream stream;
    private final AVRational timeBase;
    private final boolean recorded;
    private final MediaClock clock;
    /** Reads from the network for FFmpeg, if FFmpeg must not do so itself. */
    private final Optional<NativeReading> reading;

    /** The result of a read. */
    enum Read {
        PACKET,
        DAMAGED,
        END
    }

    private Demuxer(
            MediaInput input,
            Deadline deadline,
            AVFormatContext context,
            AVStream stream,
            MediaClock clock,
            Optional<NativeReading> reading) {
        this.input = input;
        this.deadline = deadline;
        this.context = context;
        this.stream = stream;
        this.timeBase = stream.time_base();
        this.recorded = Inputs.recorded(input, context);
        this.clock = clock;
        this.reading = reading;
    }

    /** Opens an input and finds its video, within the deadline. */
    static Demuxer open(MediaInput input, Deadline deadline) throws SourceException, InterruptedException {
        NativeLog.takeOver(AddressMask::text);
        avutil.av_max_alloc(LARGEST_PIECE);
        MediaClock clock = new MediaClock(System.nanoTime());
        AVFormatContext context = Inputs.allocate(input, deadline);
        Optional<NativeReading> reading = reading(input, deadline, context);
        try {
            Inputs.openContext(input, deadline, context, reading);
            try {
                Inputs.checkIndex(input, context);
                AVStream video = Inputs.video(input, deadline, context);
                return new Demuxer(input, deadline, context, video, clock, reading);
            } catch (SourceException | InterruptedException | RuntimeException failure) {
                avformat.avformat_close_input(context);
                throw failure;
            }
        } catch (SourceException failure) {
            reading.ifPresent(NativeReading::close);
            throw reading.flatMap(NativeReading::failure).orElse(failure);
        } catch (InterruptedException | RuntimeException failure) {
            reading.ifPresent(NativeReading::close);
            throw failure;
        }
    }

    private static Optional<NativeReading> reading(MediaInput input, Deadline deadline, AVFormatContext context)
            throws SourceException, InterruptedException {
        if (input.opener().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    NativeReading.attach(input.subject(), input.opener().get().get(), context, deadline));
        } catch (SourceException | InterruptedException | RuntimeException failure) {
            avformat.avformat_free_context(context);
            throw failure;
        }
    }

    /** Reads the next packet of the video stream into the given one. */
    Read read(AVPacket packet) throws SourceException, InterruptedException {
        while (true) {
            avcodec.av_packet_unref(packet);
            int code = avformat.av_read_frame(context, packet);
            // When time is up FFmpeg delivers what its parsers had held back, or reports the end: neither is a sign
            // of life.
            check(input, deadline);
            if (code == avutil.AVERROR_EOF()) {
                throwKnown(reading.filter(each -> !each.shown()));
                return Read.END;
            }
            if (code == avutil.AVERROR_INVALIDDATA()) {
                return Read.DAMAGED;
            }
            if (code == NativeError.TRY_AGAIN) {
                LockSupport.parkNanos(LOOK_AGAIN);
            } else if (code < 0) {
                throwKnown(reading);
                // FFmpeg's own timeout may come a moment before ours.
                throw failure(input, deadline, deadline.passed() || NativeError.isTimeOut(code), code);
            } else if (packet.stream_index() == stream.index()) {
                setTime(packet);
                return Read.PACKET;
            }
        }
    }

    private static void throwKnown(Optional<NativeReading> reading) throws SourceException {
        Optional<SourceException> known = reading.flatMap(NativeReading::failure);
        if (known.isPresent()) {
            throw known.get();
        }
    }

    /** Ends a wait that takes too long or whose thread was interrupted. */
    void check() throws SourceException, InterruptedException {
        check(input, deadline);
    }

    /** Returns to the beginning; false if the input cannot. */
    boolean rewind() {
        if (!Inputs.seekable(context)) {
            return false;
        }
        long start = context.start_time() == avutil.AV_NOPTS_VALUE ? 0 : context.start_time();
        return avformat.avformat_seek_file(context, -1, Long.MIN_VALUE, start, start, 0) >= 0;
    }

    /** The video's codec, and its size if known. */
    AVCodecParameters parameters() {
        return stream.codecpar();
    }

    /** How fast the timestamps of a presumably live input advance. */
    MediaClock clock() {
        return clock;
    }

    /** The pixel shape given by the container. */
    SampleAspectRatio sampleAspectRatio() {
        return SampleAspectRatio.of(stream.sample_aspect_ratio());
    }

    /** The usual time between frames in nanoseconds, 1 ms to 10 s. */
    long intervalNanos() {
        AVRational rate = avformat.av_guess_frame_rate(context, stream, null);
        double interval = rate.num() > 0 && rate.den() > 0 ? 1e9 * rate.den() / rate.num() : USUAL_INTERVAL;
        return (long) Math.max(1e6, Math.min(10e9, interval));
    }

    /** Whether frames are due by their own timestamps. */
    boolean recorded() {
        return recorded;
    }

    /** A frame has come: resets the limit on reading. */
    void renew() {
        reading.ifPresent(NativeReading::renew);
    }

    @Override
    public void close() {
        avformat.avformat_close_input(context);
        reading.ifPresent(NativeReading::close);
    }

    private void setTime(AVPacket packet) {
        long pts = nanos(packet.pts());
        long now = System.nanoTime();
        if (!recorded && pts != avutil.AV_NOPTS_VALUE) {
            clock.note(pts, now);
        }
        boolean ourClock = input.timing() == Timing.DEVICE && pts <= now && now - pts <= PLAUSIBLE_AGE;
        boolean arrival = !recorded && !ourClock;
        packet.pts(arrival ? now : pts);
        packet.duration(nanos(packet.duration()));
        packet.dts(arrival ? avutil.AV_NOPTS_VALUE : nanos(packet.dts()));
    }

    private long nanos(long time) {
        return time == avutil.AV_NOPTS_VALUE ? time : avutil.av_rescale_q(time, timeBase, NANOSECOND);
    }

    static void check(MediaInput input, Deadline deadline) throws SourceException, InterruptedException {
        if (deadline.passed() || Thread.currentThread().isInterrupted()) {
            throw failure(input, deadline, avutil.AVERROR_EXIT());
        }
    }

    static SourceException failure(MediaInput input, Deadline deadline, int code) throws InterruptedException {
        return failure(input, deadline, deadline.passed(), code);
    }

    private static SourceException failure(MediaInput input, Deadline deadline, boolean late, int code)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        String reason = late ? "no picture within " + deadline.elapsed().toSeconds() + " s" : NativeError.explain(code);
        return new SourceException(input.subject() + ": " + reason);
    }
}
