package dev.sightline.source.ffmpeg;

import dev.sightline.ffmpeg.NativeError;
import dev.sightline.ffmpeg.NativeLog;
import dev.sightline.frame.JpegHeader;
import dev.sightline.source.AddressMask;
import dev.sightline.source.SourceException;
import dev.sightline.source.ffmpeg.MediaInput.Timing;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/**
 * An opened input, of which it reads the packets of the best video stream; their times are in nanoseconds.
 *
 * <p>Used and closed by one thread.
 */
final class Demuxer implements AutoCloseable {
    static final AVRational NANOSECOND = new AVRational().num(1).den(1_000_000_000);
    private static final long USUAL_INTERVAL = TimeUnit.MILLISECONDS.toNanos(40);

    /**
     * What FFmpeg allocates at once: a plane of the largest picture with 16 bits a colour, and room. A header of a few bytes
     * can announce an index of gigabytes.
     */
    private static final long LARGEST_PIECE = 320L << 20;

    /** Of C's stdio.h. */
    private static final int SEEK_CUR = 1;

    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(2);

    /** A device's clock that is further than this from ours is not ours. */
    private static final long PLAUSIBLE_AGE = TimeUnit.SECONDS.toNanos(10);

    /** JPEG pictures in multipart/x-mixed-replace, as IP cameras send them. */
    private static final String MULTIPART_JPEG = "mpjpeg";

    private final MediaInput input;
    private final Deadline deadline;
    private final AVFormatContext context;
    private final AVStream stream;
    private final AVRational timeBase;
    private final boolean recorded;
    private final MediaClock clock;
    /** What reads over the network for FFmpeg, where that must not itself. */
    private final Optional<NativeReading> reading;

    /** What a read came to. */
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
        this.recorded = recorded(input, context);
        this.clock = clock;
        this.reading = reading;
    }

    /** Opens an input and finds its video, within the deadline. */
    static Demuxer open(MediaInput input, Deadline deadline) throws SourceException, InterruptedException {
        NativeLog.takeOver(AddressMask::text);
        avutil.av_max_alloc(LARGEST_PIECE);
        MediaClock clock = new MediaClock(System.nanoTime());
        AVFormatContext context = allocate(input, deadline);
        Optional<NativeReading> reading = reading(input, deadline, context);
        try {
            openContext(input, deadline, context, reading);
            try {
                checkIndex(input, context);
                AVStream video = video(input, deadline, context);
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
            // When time is up FFmpeg gives out what its parsers had kept back, or says it is the end: neither is a sign
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
                // FFmpeg's own time-out may come a moment before ours.
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

    /** Goes back to the beginning; false where the input cannot. */
    boolean rewind() {
        if (!seekable(context)) {
            return false;
        }
        long start = context.start_time() == avutil.AV_NOPTS_VALUE ? 0 : context.start_time();
        return avformat.avformat_seek_file(context, -1, Long.MIN_VALUE, start, start, 0) >= 0;
    }

    /** How the video is compressed, and its size where that is known. */
    AVCodecParameters parameters() {
        return stream.codecpar();
    }

    /** How fast the timestamps of what counts as live advance. */
    MediaClock clock() {
        return clock;
    }

    /** The shape of its pixels as the container tells it. */
    SampleAspectRatio sampleAspectRatio() {
        return SampleAspectRatio.of(stream.sample_aspect_ratio());
    }

    /** The usual time between pictures in nanoseconds, 1 ms to 10 s. */
    long intervalNanos() {
        AVRational rate = avformat.av_guess_frame_rate(context, stream, null);
        double interval = rate.num() > 0 && rate.den() > 0 ? 1e9 * rate.den() / rate.num() : USUAL_INTERVAL;
        return (long) Math.max(1e6, Math.min(10e9, interval));
    }

    /** Whether the pictures' own timestamps tell their times. */
    boolean recorded() {
        return recorded;
    }

    /** A picture has come: as much may be read for the next. */
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

    private static AVFormatContext allocate(MediaInput input, Deadline deadline) throws SourceException {
        if (input.timing() == Timing.DEVICE) {
            Devices.load();
        }
        AVFormatContext context = avformat.avformat_alloc_context();
        deadline.watch(context);
        if (input.timing() == Timing.DEVICE) {
            // A wait inside a driver could not be ended: better to ask it again and again.
            context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_NONBLOCK);
        }
        return context;
    }

    /** Frees the context where that fails. */
    private static void openContext(
            MediaInput input, Deadline deadline, AVFormatContext context, Optional<NativeReading> reading)
            throws SourceException, InterruptedException {
        AVInputFormat format = input.demuxing()
                .format()
                .or(() -> reading.flatMap(NativeReading::format))
                .map(avformat::av_find_input_format)
                .orElse(null);
        AVDictionary options = dictionary(input.demuxing().allOptions());
        String url = reading.map(NativeReading::url).orElse(input.url());
        int code = avformat.avformat_open_input(context, url, format, options);
        avutil.av_dict_free(options);
        if (code < 0) {
            throw failure(input, deadline, code);
        }
    }

    private static AVStream video(MediaInput input, Deadline deadline, AVFormatContext context)
            throws SourceException, InterruptedException {
        int index = best(context);
        boolean known = index >= 0 && context.streams(index).codecpar().codec_id() != avcodec.AV_CODEC_ID_NONE;
        if (!known || mayBeRecorded(input, context)) {
            int code = probe(context);
            if (code < 0) {
                throw failure(input, deadline, code);
            }
            index = best(context);
        }
        check(input, deadline);
        if (index < 0) {
            throw new SourceException(input.subject() + ": there is no video in it");
        }
        for (int i = 0; i < context.nb_streams(); i++) {
            if (i != index) {
                context.streams(i).discard(avcodec.AVDISCARD_ALL);
            }
        }
        return context.streams(index);
    }

    /** What is live for sure is not read ahead of: that would only make its first pictures late. */
    private static boolean mayBeRecorded(MediaInput input, AVFormatContext context) {
        return input.timing() == Timing.TIMESTAMPS
                || input.timing() == Timing.AS_FOUND && !format(context).equals(MULTIPART_JPEG);
    }

    /**
     * A recording says how long it is, or its server how many bytes it has; HLS comes in bursts, and still pictures are
     * recordings of one picture.
     */
    private static boolean recorded(MediaInput input, AVFormatContext context) {
        String format = format(context);
        return switch (input.timing()) {
            case TIMESTAMPS -> true;
            case ARRIVAL, DEVICE -> false;
            case AS_FOUND ->
                context.duration() > 0
                        || format.equals("hls")
                        || format.equals("image2")
                        || format.endsWith("_pipe")
                        || !format.equals(MULTIPART_JPEG) && avformat.avio_size(context.pb()) > 0;
        };
    }

    private static boolean seekable(AVFormatContext context) {
        AVIOContext bytes = context.pb();
        return bytes == null || bytes.isNull() || (bytes.seekable() & avformat.AVIO_SEEKABLE_NORMAL) != 0;
    }

    /** Refuses an MP4 whose pictures have already gone by when its index says where they are. */
    private static void checkIndex(MediaInput input, AVFormatContext context) throws SourceException {
        if (seekable(context) || context.nb_streams() == 0) {
            return;
        }
        AVIndexEntry first = avformat.avformat_index_get_entry(context.streams(0), 0);
        boolean late = format(context).startsWith("mov,")
                && first != null
                && !first.isNull()
                && first.pos() < avformat.avio_seek(context.pb(), 0, SEEK_CUR);
        if (late) {
            throw new SourceException(input.subject() + ": its index stands behind its pictures, and the server does"
                    + " not answer requests for parts (Range): let it do so, or put the index first with"
                    + " 'ffmpeg -i OLD.mp4 -c copy -movflags +faststart NEW.mp4'");
        }
    }

    private static String format(AVFormatContext context) {
        return context.iformat().name().getString();
    }

    private static int best(AVFormatContext context) {
        return avformat.av_find_best_stream(context, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
    }

    /** Reads ahead until FFmpeg knows the streams; what it decodes for that is limited in size as well. */
    private static int probe(AVFormatContext context) {
        int streams = context.nb_streams();
        try (PointerPointer<AVDictionary> options = new PointerPointer<>(Math.max(1, streams))) {
            for (int i = 0; i < streams; i++) {
                options.put(i, dictionary(Map.of("max_pixels", Integer.toString(JpegHeader.MAX_PIXELS))));
            }
            int code = avformat.avformat_find_stream_info(context, streams == 0 ? null : options);
            for (int i = 0; i < streams; i++) {
                avutil.av_dict_free(new AVDictionary(options.get(i)));
            }
            return code;
        }
    }

    private static AVDictionary dictionary(Map<String, String> entries) {
        AVDictionary dictionary = new AVDictionary(null);
        entries.forEach((key, value) -> avutil.av_dict_set(dictionary, key, value, 0));
        return dictionary;
    }

    private static void check(MediaInput input, Deadline deadline) throws SourceException, InterruptedException {
        if (deadline.passed() || Thread.currentThread().isInterrupted()) {
            throw failure(input, deadline, avutil.AVERROR_EXIT());
        }
    }

    private static SourceException failure(MediaInput input, Deadline deadline, int code) throws InterruptedException {
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
