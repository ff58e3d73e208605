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
    private Taken next = new Taken();
    private Taken current = new Taken();
    private boolean begun;

    /** A copy of a frame, scaled to the rendition, with its identity. Used by one thread at a time. */
    private static final class Taken implements AutoCloseable {
        private final Mat picture = new Mat();
        private long seq;
        private long captureNanos;
        private Metadata metadata = Metadata.EMPTY;

        void fill(Frame frame, int width) {
            seq = frame.seq();
            captureNanos = frame.captureNanos();
            metadata = frame.metadata().snapshot();
            if (width == Rendition.SOURCE_WIDTH || width >= frame.width()) {
                frame.mat().copyTo(picture);
                return;
            }
            int height = Math.max(1, Math.round((float) frame.height() * width / frame.width()));
            try (Size size = new Size(width, height)) {
                opencv_imgproc.resize(frame.mat(), picture, size, 0, 0, opencv_imgproc.INTER_AREA);
            }
        }

        @Override
        public void close() {
            picture.close();
        }
    }

    JpegEncoder(Rendition.Jpeg rendition) {
        this.rendition = rendition;
        this.parameters = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, rendition.quality());
    }

    @Override
    public void take(Frame frame) {
        next.fill(frame, rendition.width());
    }

    @Override
    public void begin() {
        Taken taken = next;
        next = current;
        current = taken;
        begun = true;
    }

    @Override
    public Optional<EncodedFrame> encode() {
        Taken taken = begun ? current : next;
        begun = false;
        Mat picture = taken.picture;
        try (BytePointer jpeg = new BytePointer()) {
            if (!opencv_imgcodecs.imencode(".jpg", picture, jpeg, parameters)) {
                throw new CodecException(
                        "cannot encode a " + picture.cols() + "x" + picture.rows() + " picture as JPEG");
            }
            byte[] bytes = JpegIdentity.stamp(jpeg.asByteBuffer(), taken.seq, taken.captureNanos);
            return Optional.of(EncodedFrame.mjpeg(
                    bytes, picture.cols(), picture.rows(), taken.seq, taken.captureNanos, taken.metadata));
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
        next.close();
        current.close();
        parameters.close();
    }
}
