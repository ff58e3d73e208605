package dev.sightline.source.ffmpeg;

import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * What makes a stored picture upright, one of eight orientations: first rows become columns, then left and right change
 * places, then top and bottom.
 *
 * @param transposed whether rows become columns
 * @param mirrored whether left and right change places
 * @param flipped whether top and bottom change places
 */
record Orientation(boolean transposed, boolean mirrored, boolean flipped) {
    /** Pictures as they are stored. */
    static final Orientation UPRIGHT = new Orientation(false, false, false);

    private static final int VERTICAL = 0;
    private static final int HORIZONTAL = 1;
    private static final int BOTH = -1;

    /** What a container says of its video. */
    static Orientation of(AVCodecParameters parameters) {
        AVPacketSideData matrix = avcodec.av_packet_side_data_get(
                parameters.coded_side_data(), parameters.nb_coded_side_data(), avcodec.AV_PKT_DATA_DISPLAYMATRIX);
        return matrix == null || matrix.isNull() ? UPRIGHT : of(matrix.data());
    }

    /** What a decoded picture says, for itself or for its container. */
    static Orientation of(AVFrame frame) {
        if (frame.nb_side_data() == 0) {
            return UPRIGHT;
        }
        AVFrameSideData matrix = avutil.av_frame_get_side_data(frame, avutil.AV_FRAME_DATA_DISPLAYMATRIX);
        return matrix == null || matrix.isNull() ? UPRIGHT : of(matrix.data());
    }

    /**
     * The orientation next to a display matrix (ISO 14496-12, section 6.2.2): x' = a x + c y, y' = b x + d y, and the
     * numbers stand in the order a, b, u, c, d, v.
     */
    private static Orientation of(BytePointer matrix) {
        IntBuffer numbers = matrix.capacity(9L * Integer.BYTES)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asIntBuffer();
        return of(numbers.get(0), numbers.get(1), numbers.get(3), numbers.get(4));
    }

    static Orientation of(long a, long b, long c, long d) {
        return Math.abs(b) + Math.abs(c) > Math.abs(a) + Math.abs(d)
                ? new Orientation(true, c < 0, b < 0)
                : new Orientation(false, a < 0, d < 0);
    }

    /** The upright picture, which the caller closes instead of the given one. */
    Mat upright(Mat picture) {
        Mat standing = transposed ? transpose(picture) : picture;
        if (mirrored || flipped) {
            opencv_core.flip(standing, standing, mirrored && flipped ? BOTH : mirrored ? HORIZONTAL : VERTICAL);
        }
        return standing;
    }

    private static Mat transpose(Mat picture) {
        Mat standing = new Mat();
        try (picture) {
            opencv_core.transpose(picture, standing);
        }
        return standing;
    }
}
