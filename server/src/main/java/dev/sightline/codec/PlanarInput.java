package dev.sightline.codec;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/** For encoders that take frames unchanged. */
final class PlanarInput implements EncoderInput {
    @Override
    public void describe(AVCodecContext context) {
        context.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
    }

    @Override
    public AVFrame bring(AVFrame picture) {
        return picture;
    }

    @Override
    public void close() {
        // It has no resources.
    }
}
