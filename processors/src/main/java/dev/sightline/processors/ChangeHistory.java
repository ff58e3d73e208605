package dev.sightline.processors;

import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Remembers where a sequence of small gray frames changed, to tell motion from flicker and jumps. A place that goes up and down
 * again and again flickers: running digits, a screen, leaves. A place that changes once and then stays has jumped: the seconds
 * of a camera's clock, a lamp.
 *
 * <p>Used by one thread; reuses its native memory and frees it in {@link #close}.
 */
final class ChangeHistory implements AutoCloseable {
    /** The share of frames in which a flickering place changes its direction. */
    private static final double FLICKER = 0.35;
    /** How fast that share adapts: within a second or so. */
    private static final double FOLLOWING = 0.03;
    /** The bits of the last five frames, the newest highest: at five frames per second, a clock changes in one of them. */
    private static final int LOOKED_BACK = 0b1111_1000;

    private static final int NEWEST = 0b1000_0000;

    private final double threshold;
    private final Mat before = new Mat();
    private final Mat up = new Mat();
    private final Mat down = new Mat();
    private final Mat rising = new Mat();
    private final Mat turned = new Mat();
    private final Mat turns = new Mat();
    private final Mat over = new Mat();
    private final Mat restless = new Mat();
    private final Mat changed = new Mat();
    private final Mat changes = new Mat();
    private final Mat reach;

    /**
     * Creates an empty history.
     *
     * @param threshold steps of brightness by which a pixel must change
     * @param reach changes within twice this distance of a flickering place do not count; the caller keeps ownership
     */
    ChangeHistory(double threshold, Mat reach) {
        this.threshold = threshold;
        this.reach = reach;
    }

    /** Discards everything, and begins with a frame. */
    void startAfresh(Mat gray) {
        gray.copyTo(before);
        for (Mat mask : List.of(rising, restless, changes)) {
            clear(mask, opencv_core.CV_8U);
        }
        clear(turns, opencv_core.CV_32F);
    }

    private void clear(Mat mask, int type) {
        mask.create(before.rows(), before.cols(), type);
        try (Scalar zero = Scalar.all(0)) {
            mask.put(zero);
        }
    }

    /** Takes the next frame, of the same size. */
    void look(Mat gray) {
        opencv_core.subtract(gray, before, up);
        opencv_core.subtract(before, gray, down);
        opencv_imgproc.threshold(up, up, threshold, 255, opencv_imgproc.THRESH_BINARY);
        opencv_imgproc.threshold(down, down, threshold, 255, opencv_imgproc.THRESH_BINARY);
        gray.copyTo(before);
        findRestless();
        remember();
    }

    /** Counts pixels that went up before and go down now. */
    private void findRestless() {
        opencv_core.bitwise_and(down, rising, turned);
        opencv_core.bitwise_or(rising, up, rising);
        opencv_core.subtract(rising, down, rising);
        opencv_imgproc.accumulateWeighted(turned, turns, FOLLOWING);
        // Half of the turns go down.
        opencv_imgproc.threshold(turns, over, FLICKER / 2 * 255, 255, opencv_imgproc.THRESH_BINARY);
        over.convertTo(restless, opencv_core.CV_8U);
        opencv_imgproc.dilate(restless, restless, reach);
        opencv_imgproc.dilate(restless, restless, reach);
    }

    /** Each pixel's bits tell in which of the last frames it changed. */
    private void remember() {
        opencv_core.bitwise_or(up, down, changed);
        opencv_core.subtract(changed, restless, changed);
        ByteBuffer now = changed.createBuffer();
        ByteBuffer bits = changes.createBuffer();
        for (int i = 0; i < bits.capacity(); i++) {
            bits.put(i, (byte) ((bits.get(i) & 0xFF) >> 1 | now.get(i) & NEWEST));
        }
    }

    /** Removes flickering places from a mask. */
    void leaveOutRestless(Mat mask) {
        opencv_core.subtract(mask, restless, mask);
    }

    /** Whether something within a place changed in more than one of the last frames. */
    boolean changedRepeatedly(PixelRect place) {
        ByteBuffer bits = changes.createBuffer();
        int seen = 0;
        for (int y = place.y(); y < place.y() + place.height(); y++) {
            for (int x = place.x(); x < place.x() + place.width(); x++) {
                seen |= bits.get(y * changes.cols() + x);
            }
        }
        return Integer.bitCount(seen & LOOKED_BACK) > 1;
    }

    @Override
    public void close() {
        for (Mat mat : List.of(before, up, down, rising, turned, turns, over, restless, changed, changes)) {
            mat.close();
        }
    }
}
