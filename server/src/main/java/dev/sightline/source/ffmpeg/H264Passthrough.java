package dev.sightline.source.ffmpeg;

import dev.sightline.ffmpeg.NativeError;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import dev.sightline.frame.Picture;
import dev.sightline.h264.AnnexB;
import dev.sightline.h264.NalUnit;
import dev.sightline.h264.SequenceParameters;
import dev.sightline.source.SourceException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVBSFContext;
import org.bytedeco.ffmpeg.avcodec.AVBitStreamFilter;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * Passes the frames of an H.264 video unchanged, from a keyframe on: access units in Annex B form, with parameter sets before
 * each keyframe. Only for videos whose parameters are known beforehand, are supported by browsers, and reorder no frames.
 */
final class H264Passthrough implements PictureMaker {
    private final String subject;
    private final AVBSFContext filter;
    private final byte[] parameterSets;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private SequenceParameters parameters;
    private byte[] unit = {};
    private boolean keyframe;
    /** Whether the next frame depends only on passed ones. */
    private boolean whole;

    private H264Passthrough(String subject, AVBSFContext filter, byte[] parameterSets, SequenceParameters parameters) {
        this.subject = subject;
        this.filter = filter;
        this.parameterSets = parameterSets;
        this.parameters = parameters;
    }

    /** A passthrough, if the video is suitable. */
    static Optional<H264Passthrough> of(String subject, AVCodecParameters video) throws SourceException {
        if (video.codec_id() != avcodec.AV_CODEC_ID_H264) {
            return Optional.empty();
        }
        AVBSFContext filter = filter(subject, video);
        byte[] parameterSets =
                bytes(filter.par_out().extradata(), filter.par_out().extradata_size());
        Optional<SequenceParameters> parameters = AnnexB.unit(parameterSets, NalUnit.SPS)
                .flatMap(H264Passthrough::read)
                .filter(SequenceParameters::suitsViewers);
        if (parameters.isEmpty()) {
            avcodec.av_bsf_free(filter);
            return Optional.empty();
        }
        PictureSize.check(subject, parameters.get().width(), parameters.get().height());
        return Optional.of(new H264Passthrough(subject, filter, parameterSets, parameters.get()));
    }

    private static AVBSFContext filter(String subject, AVCodecParameters video) throws SourceException {
        AVBitStreamFilter kind = avcodec.av_bsf_get_by_name("h264_mp4toannexb");
        AVBSFContext filter = new AVBSFContext(null);
        avcodec.av_bsf_alloc(kind, filter);
        avcodec.avcodec_parameters_copy(filter.par_in(), video);
        int code = avcodec.av_bsf_init(filter);
        if (code < 0) {
            avcodec.av_bsf_free(filter);
            throw new SourceException(subject + ": its H.264 cannot be read: " + NativeError.text(code));
        }
        return filter;
    }

    @Override
    public Step next() throws SourceException {
        while (true) {
            int code = avcodec.av_bsf_receive_packet(filter, packet);
            if (code == NativeError.TRY_AGAIN) {
                return Step.PACKET;
            } else if (code == avutil.AVERROR_EOF()) {
                return Step.END;
            } else if (code < 0 || isCorrupt()) {
                whole = false;
                return Step.DAMAGED;
            }
            look();
            if (whole) {
                return Step.PICTURE;
            }
        }
    }

    private boolean isCorrupt() {
        return (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0;
    }

    /** Examines the access unit that has come. */
    private void look() throws SourceException {
        unit = bytes(packet.data(), packet.size());
        keyframe = AnnexB.isKeyframe(unit);
        if (keyframe) {
            Optional<NalUnit> sets = AnnexB.unit(unit, NalUnit.SPS);
            if (sets.isEmpty()) {
                unit = join(parameterSets, unit);
            }
            parameters = sets.flatMap(H264Passthrough::read).orElse(parameters);
            PictureSize.check(subject, parameters.width(), parameters.height());
            whole = true;
        }
    }

    @Override
    public Step offer(AVPacket offered) throws SourceException {
        AVPacket copy = avcodec.av_packet_clone(offered);
        int code = avcodec.av_bsf_send_packet(filter, copy);
        avcodec.av_packet_free(copy);
        return code < 0 ? Step.DAMAGED : next();
    }

    @Override
    public Step finish() throws SourceException {
        avcodec.av_bsf_send_packet(filter, null);
        return next();
    }

    @Override
    public void reset() {
        avcodec.av_bsf_flush(filter);
        whole = false;
    }

    @Override
    public long timeNanos() {
        return packet.pts();
    }

    @Override
    public long durationNanos() {
        return packet.duration();
    }

    @Override
    public Picture picture(long seq, long captureNanos) {
        return new EncodedFrame(
                        Codec.H264,
                        unit,
                        keyframe,
                        parameters.width(),
                        parameters.height(),
                        seq,
                        captureNanos,
                        Metadata.EMPTY)
                .inTemporalLayer(AnnexB.isReference(unit) ? 0 : 1);
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        avcodec.av_bsf_free(filter);
    }

    /** Parses a NAL unit with sequence parameters. */
    private static Optional<SequenceParameters> read(NalUnit set) {
        return SequenceParameters.of(ByteBuffer.wrap(set.bytes(), set.offset() + 1, set.length() - 1));
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static byte[] bytes(BytePointer data, int size) {
        byte[] bytes = new byte[size];
        if (size > 0) {
            data.get(bytes);
        }
        return bytes;
    }
}
