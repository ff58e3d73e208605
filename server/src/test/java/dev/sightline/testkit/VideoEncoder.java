package dev.sightline.testkit;

import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.opencv.opencv_core.Mat;

/** Compresses BGR pictures with one of FFmpeg's encoders, with a keyframe every 15 pictures; times count in pictures. */
final class VideoEncoder implements AutoCloseable {
    static final int KEYFRAME_INTERVAL = 15;

    private final AVCodecContext context;
    private final SwsContext scaler = swscale.sws_alloc_context();
    private final AVFrame source = avutil.av_frame_alloc();
    private final AVFrame frame = avutil.av_frame_alloc();
    private final AVPacket packet = avcodec.av_packet_alloc();

    /**
     * An encoder.
     *
     * @param name FFmpeg's name of it, for example {@code libopenh264} or {@code mjpeg}
     * @param globalHeader whether what a decoder has to know beforehand is told apart (files), not in the stream
     */
    VideoEncoder(String name, int width, int height, int fps, boolean globalHeader) {
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        AVCodec codec = avcodec.avcodec_find_encoder_by_name(name);
        if (codec == null) {
            throw new IllegalArgumentException("FFmpeg has no encoder " + name);
        }
        context = avcodec.avcodec_alloc_context3(codec);
        context.width(width).height(height);
        boolean jpeg = codec.id() == avcodec.AV_CODEC_ID_MJPEG;
        context.pix_fmt(jpeg ? avutil.AV_PIX_FMT_YUVJ420P : avutil.AV_PIX_FMT_YUV420P);
        context.color_range(jpeg ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG);
        context.time_base(avutil.av_make_q(1, fps));
        context.framerate(avutil.av_make_q(fps, 1));
        context.gop_size(KEYFRAME_INTERVAL);
        context.max_b_frames(0);
        context.thread_count(1);
        context.bit_rate(4_000_000);
        if (globalHeader) {
            context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        }
        AVDictionary options = new AVDictionary(null);
        avutil.av_dict_set(options, "allow_skip_frames", "0", 0);
        avutil.av_dict_set(options, "strict", "unofficial", 0);
        check(avcodec.avcodec_open2(context, codec, options), "starting " + name);
        avutil.av_dict_free(options);
    }

    AVCodecContext context() {
        return context;
    }

    /** Compresses a picture of the encoder's size; the packets are valid while they are looked at. */
    void encode(Mat bgr, long time, Consumer<AVPacket> packets) {
        source.format(avutil.AV_PIX_FMT_BGR24).width(bgr.cols()).height(bgr.rows());
        source.data(0, bgr.data()).linesize(0, (int) bgr.step());
        avutil.av_frame_unref(frame);
        frame.format(context.pix_fmt()).width(context.width()).height(context.height());
        frame.color_range(context.color_range());
        check(swscale.sws_scale_frame(scaler, frame, source), "converting");
        frame.pts(time);
        check(avcodec.avcodec_send_frame(context, frame), "encoding");
        receive(packets);
    }

    /** Gives out what is still inside. */
    void finish(Consumer<AVPacket> packets) {
        avcodec.avcodec_send_frame(context, null);
        receive(packets);
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        avutil.av_frame_free(frame);
        avutil.av_frame_free(source);
        swscale.sws_free_context(scaler);
        avcodec.avcodec_free_context(context);
    }

    private void receive(Consumer<AVPacket> packets) {
        while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
            packets.accept(packet);
            avcodec.av_packet_unref(packet);
        }
    }

    static void check(int code, String what) {
        if (code < 0) {
            byte[] text = new byte[200];
            avutil.av_strerror(code, text, text.length);
            throw new IllegalStateException(what + ": " + new String(text).trim());
        }
    }
}
