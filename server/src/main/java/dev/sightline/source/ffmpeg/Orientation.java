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
 * The rotation and mirroring that makes a stored frame upright, one of eight: rows become columns first, then left and right
 * are swapped, then top and bottom.
 *
 * @param transposed whether rows become columns
 * @param mirrored whether left and right are swapped
 * @param flipped whether top and bottom are swapped
 */
record Orientation(boolean transposed, boolean mirrored, boolean flipped) {
    /** Frames as they are stored. */
    static final Orientation UPRIGHT = new Orientation(false, false, false);

    private static final int VERTICAL = 0;
    private static final int HORIZONTAL = 1;
    private static final int BOTH = -1;

    /** The orientation in a container's parameters. */
    static Orientation of(AVCodecParameters parameters) {
        AVPacketSideData matrix = avcodec.av_packet_side_data_get(
                parameters.coded_side_data(), parameters.nb_coded_side_data(), avcodec.AV_PKT_DATA_DISPLAYMATRIX);
        return matrix == null || matrix.isNull() ? UPRIGHT : of(matrix.data());
    }

    /** The orientation in a decoded frame, from itself or its container. */
    static Orientation of(AVFrame frame) {
        if (frame.nb_side_data() == 0) {
            return UPRIGHT;
        }
        AVFrameSideData matrix = avutil.av_frame_get_side_data(frame, avutil.AV_FRAME_DATA_DISPLAYMATRIX);
        return matrix == null || matrix.isNull() ? UPRIGHT : of(matrix.data());
    }

    /**
     * The orientation nearest to a display matrix (ISO 14496-12, section 6.2.2): x' = a x + c y, y' = b x + d y, with the
     * numbers in the order a, b, u, c, d, v.
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

    /** The upright pixels, which the caller closes instead of the given ones. */
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
