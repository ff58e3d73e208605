package dev.sightline.codec;

import dev.sightline.ffmpeg.NativeError;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVHWFramesContext;
import org.bytedeco.ffmpeg.global.avutil;

/** For encoders that take frames from a device's own memory: each frame is copied to a surface there, as NV12. */
final class SurfaceInput implements EncoderInput {
    private final InterleavedInput interleaved;
    private final AVBufferRef surfaces;
    private final int format;
    private final AVFrame surface = avutil.av_frame_alloc();

    private SurfaceInput(AVBufferRef surfaces, int format, EncoderSettings settings) {
        this.surfaces = surfaces;
        this.format = format;
        this.interleaved = new InterleavedInput(settings.width(), settings.height());
    }

    /**
     * Opens surfaces for frames of a size, which own their device.
     *
     * @param deviceType FFmpeg's number of the kind of device
     * @param format FFmpeg's number of the pixel format of surfaces there
     * @return empty if there is no such device, or it has no such surfaces
     */
    static Optional<EncoderInput> open(int deviceType, int format, EncoderSettings settings) {
        return Device.open(deviceType).flatMap(device -> {
            try (device) {
                return surfaces(device, format, settings).map(surfaces -> new SurfaceInput(surfaces, format, settings));
            }
        });
    }

    private static Optional<AVBufferRef> surfaces(Device device, int format, EncoderSettings settings) {
        AVBufferRef surfaces = avutil.av_hwframe_ctx_alloc(device.reference());
        AVHWFramesContext description = new AVHWFramesContext(surfaces.data());
        description.format(format).sw_format(avutil.AV_PIX_FMT_NV12);
        description.width(settings.width()).height(settings.height());
        if (avutil.av_hwframe_ctx_init(surfaces) < 0) {
            avutil.av_buffer_unref(surfaces);
            return Optional.empty();
        }
        return Optional.of(surfaces);
    }

    @Override
    public void describe(AVCodecContext context) {
        context.pix_fmt(format).sw_pix_fmt(avutil.AV_PIX_FMT_NV12);
        context.hw_frames_ctx(avutil.av_buffer_ref(surfaces));
    }

    @Override
    public AVFrame bring(AVFrame picture) {
        avutil.av_frame_unref(surface);
        check(avutil.av_hwframe_get_buffer(surfaces, surface, 0));
        check(avutil.av_hwframe_transfer_data(surface, interleaved.bring(picture), 0));
        surface.color_range(picture.color_range()).colorspace(picture.colorspace());
        return surface;
    }

    private static void check(int code) {
        if (code < 0) {
            throw new CodecException("a picture cannot be copied to the device: " + NativeError.text(code));
        }
    }

    @Override
    public void close() {
        avutil.av_frame_free(surface);
        avutil.av_buffer_unref(surfaces);
        interleaved.close();
    }
}
