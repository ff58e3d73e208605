package dev.sightline.codec;

import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/** Brings pictures to where an encoder takes them from. Used by one thread at a time. */
sealed interface EncoderInput extends AutoCloseable permits PlanarInput, InterleavedInput, SurfaceInput {

    /** Where encoders take pictures from. */
    enum Memory {
        /** Ordinary memory, three planes. */
        I420,
        /** Ordinary memory, luma and then both chromas interleaved. */
        NV12,
        /** As NV12; Quick Sync fetches them itself. */
        QUICK_SYNC,
        /** A device's own, through VA-API. */
        VAAPI,
        /** A device's own, through Vulkan. */
        VULKAN
    }

    /** The way to some memory; empty where this machine has none. */
    static Optional<? extends EncoderInput> open(Memory memory, EncoderSettings settings) {
        return switch (memory) {
            case I420 -> Optional.of(new PlanarInput());
            case NV12 -> Optional.of(new InterleavedInput(settings.width(), settings.height()));
            case QUICK_SYNC -> InterleavedInput.open(avutil.AV_HWDEVICE_TYPE_QSV, settings);
            case VAAPI -> SurfaceInput.open(avutil.AV_HWDEVICE_TYPE_VAAPI, avutil.AV_PIX_FMT_VAAPI, settings);
            case VULKAN -> SurfaceInput.open(avutil.AV_HWDEVICE_TYPE_VULKAN, avutil.AV_PIX_FMT_VULKAN, settings);
        };
    }

    /** Tells an encoder that is not open yet what it will be given. */
    void describe(AVCodecContext context);

    /**
     * A picture as the encoder takes it. It belongs to this input, until the next.
     *
     * @param picture I420, of the encoder's size
     * @throws CodecException if the device fails
     */
    AVFrame bring(AVFrame picture);

    @Override
    void close();
}
