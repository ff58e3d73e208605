package dev.sightline.codec;

import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/** Moves frames into the memory from which an encoder takes them. Used by one thread at a time. */
sealed interface EncoderInput extends AutoCloseable permits PlanarInput, InterleavedInput, SurfaceInput {

    /** The kinds of memory. */
    enum Memory {
        /** Main memory, three planes. */
        I420,
        /** Main memory, luma and then both chromas interleaved. */
        NV12,
        /** Like NV12; Quick Sync fetches the frames itself. */
        QUICK_SYNC,
        /** A device's own memory, through VA-API. */
        VAAPI,
        /** A device's own memory, through Vulkan. */
        VULKAN
    }

    /** Opens an input for a kind of memory; empty if this machine has none. */
    static Optional<? extends EncoderInput> open(Memory memory, EncoderSettings settings) {
        return switch (memory) {
            case I420 -> Optional.of(new PlanarInput());
            case NV12 -> Optional.of(new InterleavedInput(settings.width(), settings.height()));
            case QUICK_SYNC -> InterleavedInput.open(avutil.AV_HWDEVICE_TYPE_QSV, settings);
            case VAAPI -> SurfaceInput.open(avutil.AV_HWDEVICE_TYPE_VAAPI, avutil.AV_PIX_FMT_VAAPI, settings);
            case VULKAN -> SurfaceInput.open(avutil.AV_HWDEVICE_TYPE_VULKAN, avutil.AV_PIX_FMT_VULKAN, settings);
        };
    }

    /** Configures an encoder that is not open yet for this input. */
    void describe(AVCodecContext context);

    /**
     * A frame in the encoder's form. It belongs to this input, until the next call.
     *
     * @param picture I420, of the encoder's size
     * @throws CodecException if the device fails
     */
    AVFrame bring(AVFrame picture);

    @Override
    void close();
}
