package dev.sightline.source.ffmpeg;

import dev.sightline.ffmpeg.NativeError;
import dev.sightline.frame.Frame;
import dev.sightline.frame.JpegHeader;
import dev.sightline.frame.Picture;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceOptions.Deinterlace;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Decodes packets to raw BGR frames with their presentation timestamps. The decoder has one thread: with more, a frame would
 * wait for later ones.
 */
final class DecodedPictures implements PictureMaker {
    private final String subject;
    private final AVCodecContext context;
    private final AVFrame frame = avutil.av_frame_alloc();
    private final Deinterlacer deinterlacer;
    private final BgrConverter converter;

    private DecodedPictures(String subject, AVCodecContext context, Deinterlacer deinterlacer, BgrConverter converter) {
        this.subject = subject;
        this.context = context;
        this.deinterlacer = deinterlacer;
        this.converter = converter;
    }

    /**
     * Creates a decoder for a demuxer's video.
     *
     * @param input what was opened
     */
    static DecodedPictures of(MediaInput input, Demuxer demuxer) throws SourceException {
        String subject = input.subject();
        AVCodecParameters parameters = demuxer.parameters();
        AVCodec codec = avcodec.avcodec_find_decoder(parameters.codec_id());
        if (codec == null) {
            String name = avcodec.avcodec_get_name(parameters.codec_id()).getString();
            throw new SourceException(subject + ": pictures of the kind '" + name + "' cannot be decoded here");
        }
        AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
        avcodec.avcodec_parameters_to_context(context, parameters);
        context.thread_count(1);
        context.max_pixels(JpegHeader.MAX_PIXELS);
        // Live frames must come out as soon as possible.
        if (!demuxer.recorded()) {
            context.flags(context.flags() | avcodec.AV_CODEC_FLAG_LOW_DELAY);
        }
        int code = avcodec.avcodec_open2(context, codec, (AVDictionary) null);
        if (code < 0) {
            avcodec.avcodec_free_context(context);
            throw new SourceException(subject + ": its decoder does not start: " + NativeError.text(code));
        }
        return new DecodedPictures(
                subject,
                context,
                new Deinterlacer(subject, deinterlaces(input, parameters)),
                new BgrConverter(demuxer.sampleAspectRatio()));
    }

    /** FFmpeg delivers the fields of HEVC video as frames of half the height, each flagged as interlaced. */
    private static boolean deinterlaces(MediaInput input, AVCodecParameters parameters) {
        return input.deinterlace() == Deinterlace.AUTO && parameters.codec_id() != avcodec.AV_CODEC_ID_HEVC;
    }

    @Override
    public Step next() throws SourceException {
        while (!deinterlacer.poll(frame)) {
            int code = avcodec.avcodec_receive_frame(context, frame);
            if (code == avutil.AVERROR_EOF() && !deinterlacer.finish()) {
                return Step.END;
            } else if (code == NativeError.TRY_AGAIN) {
                return Step.PACKET;
            } else if (code >= 0 && !deinterlacer.wants(frame)) {
                return Step.PICTURE;
            } else if (code >= 0) {
                deinterlacer.offer(frame);
            } else if (code != avutil.AVERROR_EOF()) {
                return Step.DAMAGED;
            }
        }
        return Step.PICTURE;
    }

    @Override
    public Step offer(AVPacket packet) throws SourceException {
        if (context.codec_id() == avcodec.AV_CODEC_ID_MJPEG && JpegPassage.takesTooLong(JpegPassage.bytes(packet))) {
            return Step.DAMAGED;
        }
        return avcodec.avcodec_send_packet(context, packet) < 0 ? Step.DAMAGED : next();
    }

    @Override
    public Step finish() throws SourceException {
        avcodec.avcodec_send_packet(context, null);
        return next();
    }

    @Override
    public void reset() {
        avcodec.avcodec_flush_buffers(context);
        deinterlacer.reset();
    }

    @Override
    public long timeNanos() {
        return frame.best_effort_timestamp();
    }

    @Override
    public long durationNanos() {
        return frame.duration();
    }

    @Override
    public Picture picture(long seq, long captureNanos) throws SourceException {
        PictureSize.check(subject, frame.width(), frame.height());
        return new Frame(seq, captureNanos, converter.convert(subject, frame));
    }

    @Override
    public void close() {
        converter.close();
        deinterlacer.close();
        avutil.av_frame_free(frame);
        avcodec.avcodec_free_context(context);
    }
}
