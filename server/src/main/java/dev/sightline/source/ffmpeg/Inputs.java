package dev.sightline.source.ffmpeg;

import dev.sightline.frame.JpegHeader;
import dev.sightline.source.SourceException;
import dev.sightline.source.ffmpeg.MediaInput.Timing;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/** Opens inputs with FFmpeg, finds their video, and determines their kind. */
final class Inputs {
    /** JPEG frames in multipart/x-mixed-replace, as IP cameras send them. */
    private static final String MULTIPART_JPEG = "mpjpeg";
    /** From C's stdio.h. */
    private static final int SEEK_CUR = 1;

    private Inputs() {}

    /** A context that FFmpeg aborts when the deadline passes. */
    static AVFormatContext allocate(MediaInput input, Deadline deadline) throws SourceException {
        if (input.timing() == Timing.DEVICE) {
            Devices.load();
        }
        AVFormatContext context = avformat.avformat_alloc_context();
        deadline.watch(context);
        if (input.timing() == Timing.DEVICE) {
            // A wait inside a driver could not be ended, so we poll.
            context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_NONBLOCK);
        }
        return context;
    }

    /** Opens the address, or its reader; frees the context if that fails. */
    static void openContext(
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
            throw Demuxer.failure(input, deadline, code);
        }
    }

    /** Its best video; everything else is discarded. */
    static AVStream video(MediaInput input, Deadline deadline, AVFormatContext context)
            throws SourceException, InterruptedException {
        int index = best(context);
        boolean known = index >= 0 && context.streams(index).codecpar().codec_id() != avcodec.AV_CODEC_ID_NONE;
        if (!known || mayBeRecorded(input, context)) {
            int code = probe(context);
            if (code < 0) {
                throw Demuxer.failure(input, deadline, code);
            }
            index = best(context);
        }
        Demuxer.check(input, deadline);
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

    /** A certainly live input is not probed for a recording: reading ahead would delay its first frames. */
    private static boolean mayBeRecorded(MediaInput input, AVFormatContext context) {
        return input.timing() == Timing.TIMESTAMPS
                || input.timing() == Timing.AS_FOUND && !format(context).equals(MULTIPART_JPEG);
    }

    /**
     * Whether it is a recording: one has a duration, or its server gives a size; HLS comes in bursts, and a still image is a
     * recording of one frame.
     */
    static boolean recorded(MediaInput input, AVFormatContext context) {
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

    /** Whether it can be read from another position. */
    static boolean seekable(AVFormatContext context) {
        AVIOContext bytes = context.pb();
        return bytes == null || bytes.isNull() || (bytes.seekable() & avformat.AVIO_SEEKABLE_NORMAL) != 0;
    }

    /** Refuses an MP4 without range requests whose index comes after its frames. */
    static void checkIndex(MediaInput input, AVFormatContext context) throws SourceException {
        if (seekable(context) || context.nb_streams() == 0) {
            return;
        }
        AVIndexEntry first = avformat.avformat_index_get_entry(context.streams(0), 0);
        boolean late = format(context).startsWith("mov,")
                && first != null
                && !first.isNull()
                && first.pos() < avformat.avio_seek(context.pb(), 0, SEEK_CUR);
        if (late) {
            throw new SourceException(input.subject() + ": its index comes after its pictures, and the server does"
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

    /** Reads ahead until FFmpeg knows the streams; the size of what it decodes for that is limited too. */
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
}
