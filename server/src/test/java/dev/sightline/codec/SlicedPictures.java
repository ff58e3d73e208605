package dev.sightline.codec;

import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import dev.sightline.source.pattern.PatternPainter;
import dev.sightline.testkit.Pictures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.opencv.opencv_core.Mat;

/** The pattern as H.264 whose pictures consist of several slices, as many cameras and browsers send it. */
final class SlicedPictures {
    private SlicedPictures() {}

    /** So many pictures, numbered from 1. */
    static List<EncodedFrame> encode(int width, int height, int slices, int count) {
        AVCodecContext context = open(width, height, slices);
        List<EncodedFrame> encoded = new ArrayList<>();
        try (PatternPainter painter = new PatternPainter(width, height, 30);
                YuvPicture picture = new YuvPicture(width, height)) {
            for (int number = 1; number <= count; number++) {
                try (Mat painted = painter.paint(number, VideoPictures.START)) {
                    picture.fill(painted);
                }
                picture.frame().pts(number);
                byte[] bytes = encode(context, picture);
                encoded.add(new EncodedFrame(
                        Codec.H264, bytes, number == 1, width, height, number, VideoPictures.START, Metadata.EMPTY));
            }
        }
        avcodec.avcodec_free_context(context);
        return encoded;
    }

    private static AVCodecContext open(int width, int height, int slices) {
        AVCodec codec = avcodec.avcodec_find_encoder_by_name("libopenh264");
        AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
        context.width(width).height(height).pix_fmt(avutil.AV_PIX_FMT_YUV420P);
        context.slices(slices).bit_rate(800_000);
        try (AVRational interval = avutil.av_make_q(1, 30)) {
            context.time_base(interval);
        }
        if (avcodec.avcodec_open2(context, codec, (AVDictionary) null) < 0) {
            throw new AssertionError("libopenh264 does not start");
        }
        return context;
    }

    private static byte[] encode(AVCodecContext context, YuvPicture picture) {
        AVPacket packet = avcodec.av_packet_alloc();
        if (avcodec.avcodec_send_frame(context, picture.frame()) < 0
                || avcodec.avcodec_receive_packet(context, packet) < 0) {
            throw new AssertionError("libopenh264 failed");
        }
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes);
        avcodec.av_packet_free(packet);
        return bytes;
    }

    /** The bytes before the last start code. */
    static byte[] withoutTheLastSlice(EncodedFrame picture) {
        byte[] bytes = Pictures.bytes(picture);
        int end = bytes.length - 4;
        while (bytes[end] != 0 || bytes[end + 1] != 0 || bytes[end + 2] != 0 || bytes[end + 3] != 1) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }
}
