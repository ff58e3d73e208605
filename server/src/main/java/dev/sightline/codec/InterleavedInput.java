package dev.sightline.codec;

import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;

/** For encoders that take NV12: the luma stays in place, the chroma is interleaved. */
final class InterleavedInput implements EncoderInput {
    private final Optional<Device> device;
    private final AVFrame interleaved = avutil.av_frame_alloc();
    private final Mat chroma;

    /** Creates one for frames of a size, both even. */
    InterleavedInput(int width, int height) {
        this(width, height, Optional.empty());
    }

    private InterleavedInput(int width, int height, Optional<Device> device) {
        this.device = device;
        chroma = new Mat(height / 2, width / 2, opencv_core.CV_8UC2);
        interleaved.format(avutil.AV_PIX_FMT_NV12).width(width).height(height);
        interleaved.data(1, chroma.data()).linesize(1, (int) chroma.step());
    }

    /**
     * Opens one for encoders whose device fetches frames itself. Without it some search for a device, which takes half a
     * second.
     *
     * @param deviceType FFmpeg's number of the kind of device
     * @return empty if there is none
     */
    static Optional<InterleavedInput> open(int deviceType, EncoderSettings settings) {
        return Device.open(deviceType)
                .map(device -> new InterleavedInput(settings.width(), settings.height(), Optional.of(device)));
    }

    @Override
    public void describe(AVCodecContext context) {
        context.pix_fmt(avutil.AV_PIX_FMT_NV12);
        device.ifPresent(each -> context.hw_device_ctx(avutil.av_buffer_ref(each.reference())));
    }

    /** {@inheritDoc} Its memory is not reference-counted, so an encoder that stores it makes a copy. */
    @Override
    public AVFrame bring(AVFrame picture) {
        try (Mat blue = plane(picture, 1);
                Mat red = plane(picture, 2);
                MatVector both = new MatVector(blue, red)) {
            opencv_core.merge(both, chroma);
        }
        interleaved.data(0, picture.data(0)).linesize(0, picture.linesize(0));
        interleaved.color_range(picture.color_range()).colorspace(picture.colorspace());
        return interleaved;
    }

    private static Mat plane(AVFrame picture, int index) {
        return new Mat(
                picture.height() / 2,
                picture.width() / 2,
                opencv_core.CV_8UC1,
                picture.data(index),
                picture.linesize(index));
    }

    @Override
    public void close() {
        interleaved.data(0, new BytePointer((BytePointer) null));
        interleaved.data(1, new BytePointer((BytePointer) null));
        avutil.av_frame_free(interleaved);
        chroma.close();
        device.ifPresent(Device::close);
    }
}
