package dev.sightline.codec;

import dev.sightline.ffmpeg.NativeError;
import dev.sightline.ffmpeg.NativeException;
import dev.sightline.ffmpeg.NativeLog;
import dev.sightline.ffmpeg.PictureConverter;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.JpegHeader;
import dev.sightline.frame.PixelFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Decodes one video, VP8 or H.264, frame by frame and without delay. It starts at a keyframe; after damage or a reported gap,
 * it skips frames until the next one. Used by one thread at a time.
 */
public final class VideoDecoder implements AutoCloseable {
    /** Video with B-frames comes out later than it goes in, by at most this many frames. */
    private static final int MOST_PENDING = 32;

    private final Codec codec;
    private AVCodecContext context;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame picture = avutil.av_frame_alloc();
    private final PictureConverter converter = new PictureConverter();
    private final Map<Long, EncodedFrame> pending = new LinkedHashMap<>();
    private long taken;
    private boolean needsKeyframe = true;

    /**
     * Creates a decoder.
     *
     * @param codec {@link Codec#VP8} or {@link Codec#H264}
     * @throws CodecException if there is no decoder for it
     */
    public VideoDecoder(Codec codec) {
        this.codec = codec;
        this.context = open(codec);
    }

    private static AVCodecContext open(Codec codec) {
        NativeLog.takeOver();
        int id = switch (codec) {
            case VP8 -> avcodec.AV_CODEC_ID_VP8;
            case H264 -> avcodec.AV_CODEC_ID_H264;
            default -> throw new IllegalArgumentException(codec.codecName() + " is not a video codec");
        };
        AVCodec decoder = avcodec.avcodec_find_decoder(id);
        if (decoder == null) {
            throw new CodecException("no decoder for " + codec.codecName());
        }
        AVCodecContext context = avcodec.avcodec_alloc_context3(decoder);
        context.thread_count(1).flags(context.flags() | avcodec.AV_CODEC_FLAG_LOW_DELAY);
        context.max_pixels(JpegHeader.MAX_PIXELS);
        // Concealment stays on, although concealed frames are refused: without it FFmpeg reports a second slice as
        // damage.
        context.err_recognition(avcodec.AV_EF_EXPLODE);
        int code = avcodec.avcodec_open2(context, decoder, (AVDictionary) null);
        if (code < 0) {
            avcodec.avcodec_free_context(context);
            throw new CodecException(
                    "the decoder for " + codec.codecName() + " does not start: " + NativeError.text(code));
        }
        return context;
    }

    /** Whether the next decoded frame must be a keyframe; others are skipped until it comes. */
    public boolean needsKeyframe() {
        return needsKeyframe;
    }

    /** Reports that frames are missing before the next one, so that decoding must restart at a keyframe. */
    public void gap() {
        avcodec.avcodec_flush_buffers(context);
        pending.clear();
        needsKeyframe = true;
    }

    /** Recreates the decoder, because damaged parameters can make FFmpeg hold frames back for ever. */
    private void startAnew() {
        avcodec.avcodec_free_context(context);
        context = open(codec);
        pending.clear();
        needsKeyframe = true;
    }

    /**
     * The raw frame with its own identity; the caller owns it.
     *
     * @return empty if the frame was skipped for lack of a keyframe, or shows nothing, or comes out later
     * @throws CodecException if it is damaged or has more than 33 megapixels; a keyframe is needed then
     */
    public Optional<Frame> decode(EncodedFrame encoded, PixelFormat format) {
        return decode(encoded, Optional.of(format));
    }

    /**
     * Decodes a frame only because later ones depend on it: much faster, since no raw frame is made.
     *
     * @throws CodecException as from {@link #decode}
     */
    public void follow(EncodedFrame encoded) {
        decode(encoded, Optional.empty());
    }

    private Optional<Frame> decode(EncodedFrame encoded, Optional<PixelFormat> format) {
        VideoHeader header = VideoHeader.of(codec, encoded.data()).orElseThrow(() -> damage(encoded, "no header"));
        if (header.tooLarge()) {
            throw damage(encoded, header.width() + "x" + header.height() + ", at most 33 megapixels are taken");
        }
        if (needsKeyframe && !header.keyframe()) {
            return Optional.empty();
        }
        if (!pending.isEmpty()
                && header.parameters().filter(each -> !each.mayReorder()).isPresent()) {
            startAnew();
        }
        send(encoded);
        Optional<Frame> newest = Optional.empty();
        int code = avcodec.avcodec_receive_frame(context, picture);
        while (code >= 0) {
            newest.ifPresent(Frame::close);
            newest = frame(encoded, format);
            code = avcodec.avcodec_receive_frame(context, picture);
        }
        if (code != NativeError.TRY_AGAIN) {
            newest.ifPresent(Frame::close);
            throw damage(encoded, NativeError.text(code));
        }
        needsKeyframe = false;
        if (codec == Codec.VP8) {
            pending.clear(); // a frame that is not shown
        }
        return newest;
    }

    private void send(EncodedFrame encoded) {
        check(avcodec.av_new_packet(packet, encoded.size()), encoded);
        packet.data().capacity(encoded.size()).asByteBuffer().put(encoded.data());
        packet.pts(++taken);
        pending.put(taken, encoded);
        pending.remove(taken - MOST_PENDING);
        int code = avcodec.avcodec_send_packet(context, packet);
        avcodec.av_packet_unref(packet);
        check(code, encoded);
    }

    private Optional<Frame> frame(EncodedFrame sent, Optional<PixelFormat> format) {
        if (picture.decode_error_flags() != 0 || (picture.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0) {
            throw damage(sent, "parts of it are missing");
        }
        EncodedFrame origin = pending.remove(picture.pts());
        if (origin == null || format.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Frame(origin.seq(), origin.captureNanos(), converter.convert(picture, format.get())));
        } catch (NativeException e) {
            throw damage(sent, String.valueOf(e.getMessage()));
        }
    }

    private void check(int code, EncodedFrame encoded) {
        if (code < 0) {
            throw damage(encoded, NativeError.text(code));
        }
    }

    private CodecException damage(EncodedFrame encoded, String what) {
        startAnew();
        return new CodecException(
                "a broken " + codec.codecName() + " picture of " + encoded.size() + " bytes: " + what);
    }

    @Override
    public void close() {
        converter.close();
        avutil.av_frame_free(picture);
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(context);
    }
}
