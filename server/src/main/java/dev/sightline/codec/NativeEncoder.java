package dev.sightline.codec;

import dev.sightline.codec.TemporalLayers.Place;
import dev.sightline.ffmpeg.NativeError;
import dev.sightline.ffmpeg.NativeLog;
import dev.sightline.frame.Codec;
import dev.sightline.h264.AnnexB;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** One of FFmpeg's encoders, opened for frames of one size: one thread, no delay. Used by one thread at a time. */
final class NativeEncoder implements AutoCloseable {
    private static final int MICROS_PER_SECOND = 1_000_000;

    /** Frames between keyframes without a request: half an hour. Quick Sync counts them in 16 bits. */
    private static final int LONGEST_GROUP = 60_000;

    /** The rate is held over this part of a second. */
    private static final double BUFFER_SECONDS = 0.6;

    private final EncoderChoice choice;
    private final EncoderSettings settings;
    private final EncoderInput input;
    private final AVCodecContext context;
    private final AVPacket packet = avcodec.av_packet_alloc();

    /**
     * Of libvpx's vp8cx.h: VP8_EFLAG_NO_REF_GF and NO_REF_ARF. The encoder may make any frame the golden one when it sees fit,
     * also one that is not to be a reference.
     */
    private static final int LAST_ALONE = 1 << 17 | 1 << 21;

    /** FORCE_GF and FORCE_ARF: what comes after layers may refer to these again. */
    private static final String BASE = Integer.toString(LAST_ALONE | 1 << 19 | 1 << 24);

    /** NO_UPD_LAST, NO_UPD_GF, NO_UPD_ARF and NO_UPD_ENTROPY: no frame depends on this one. */
    private static final String NO_REFERENCE = Integer.toString(LAST_ALONE | 1 << 18 | 1 << 22 | 1 << 23 | 1 << 20);

    /** A compressed frame. */
    record Compressed(byte[] bytes, boolean keyframe, int temporalLayer) {}

    private NativeEncoder(EncoderChoice choice, EncoderSettings settings, EncoderInput input, AVCodecContext context) {
        this.choice = choice;
        this.settings = settings;
        this.input = input;
        this.context = context;
    }

    /** Whether this build of FFmpeg contains an encoder of this name, with or without its hardware. */
    static boolean isOffered(String encoderName) {
        return avcodec.avcodec_find_encoder_by_name(encoderName) != null;
    }

    /** Starts the encoder; empty if this machine or this build of FFmpeg does not have it. */
    static Optional<NativeEncoder> open(EncoderChoice choice, EncoderSettings settings) {
        NativeLog.takeOver();
        AVCodec codec = avcodec.avcodec_find_encoder_by_name(choice.encoderName());
        if (codec == null) {
            return Optional.empty();
        }
        return EncoderInput.open(choice.memory(), settings).flatMap(input -> open(codec, choice, settings, input));
    }

    private static Optional<NativeEncoder> open(
            AVCodec codec, EncoderChoice choice, EncoderSettings settings, EncoderInput input) {
        AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
        input.describe(context);
        describe(context, choice, settings);
        if (start(context, codec, choice, settings) < 0) {
            avcodec.avcodec_free_context(context);
            input.close();
            return Optional.empty();
        }
        return Optional.of(new NativeEncoder(choice, settings, input, context));
    }

    private static void describe(AVCodecContext context, EncoderChoice choice, EncoderSettings settings) {
        context.width(settings.width()).height(settings.height());
        context.color_range(avutil.AVCOL_RANGE_MPEG).colorspace(avutil.AVCOL_SPC_SMPTE170M);
        context.bit_rate(settings.bitsPerSecond()).rc_max_rate(settings.bitsPerSecond());
        context.rc_buffer_size((int) Math.min(Integer.MAX_VALUE, settings.bitsPerSecond() * BUFFER_SECONDS));
        context.gop_size(LONGEST_GROUP).keyint_min(LONGEST_GROUP).max_b_frames(0);
        context.thread_count(1).flags(context.flags() | avcodec.AV_CODEC_FLAG_LOW_DELAY);
        try (AVRational micros = avutil.av_make_q(1, MICROS_PER_SECOND);
                AVRational fps = avutil.av_d2q(settings.fps(), 1_000)) {
            context.time_base(micros).framerate(fps);
        }
        if (choice == EncoderChoice.LIBVPX) {
            context.rc_min_rate(settings.bitsPerSecond());
            context.rc_initial_buffer_occupancy(context.rc_buffer_size() * 5 / 6);
        }
    }

    private static int start(AVCodecContext context, AVCodec codec, EncoderChoice choice, EncoderSettings settings) {
        try (AVDictionary options = new AVDictionary(null)) {
            choice.options(settings).forEach((name, value) -> avutil.av_dict_set(options, name, value, 0));
            int code = avcodec.avcodec_open2(context, codec, options);
            avutil.av_dict_free(options);
            return code;
        }
    }

    EncoderChoice choice() {
        return choice;
    }

    EncoderSettings settings() {
        return settings;
    }

    /**
     * Compresses a frame.
     *
     * @param picture I420, of the encoder's size
     * @param micros its time, in microseconds; greater than the one before
     * @param keyframe whether it must be one
     * @param place among the temporal layers
     * @return empty if the encoder left it out
     * @throws CodecException if the encoder fails
     */
    Optional<Compressed> encode(AVFrame picture, long micros, boolean keyframe, Place place) {
        AVFrame brought = input.bring(picture);
        brought.pts(micros);
        brought.pict_type(keyframe ? avutil.AV_PICTURE_TYPE_I : avutil.AV_PICTURE_TYPE_NONE);
        check(place.layered() ? sendLayered(brought, place) : avcodec.avcodec_send_frame(context, brought));
        int code = avcodec.avcodec_receive_packet(context, packet);
        if (code == NativeError.TRY_AGAIN) {
            return Optional.empty();
        }
        check(code);
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes);
        boolean isKeyframe = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
        avcodec.av_packet_unref(packet);
        return Optional.of(new Compressed(bytes, isKeyframe, layer(bytes, isKeyframe, place.layer())));
    }

    /** FFmpeg's libvpx takes flags for one frame from its metadata. */
    private int sendLayered(AVFrame frame, Place place) {
        try (AVDictionary flags = new AVDictionary(null)) {
            avutil.av_dict_set(flags, "vp8-flags", place.layer() == 0 ? BASE : NO_REFERENCE, 0);
            frame.metadata(flags);
            int code = avcodec.avcodec_send_frame(context, frame);
            frame.metadata(null);
            avutil.av_dict_free(flags);
            return code;
        }
    }

    private int layer(byte[] bytes, boolean keyframe, int wanted) {
        if (choice.codec() == Codec.H264) {
            return AnnexB.isReference(bytes) ? 0 : 1;
        }
        return keyframe ? 0 : wanted;
    }

    private void check(int code) {
        if (code < 0) {
            throw new CodecException(
                    choice.encoderName() + " failed on a picture of " + settings + ": " + NativeError.text(code));
        }
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(context);
        input.close();
    }
}
