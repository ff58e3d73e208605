package dev.sightline.processors;

import dev.sightline.frame.Detection;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Finds moving regions in a sequence of frames, using small gray copies of them.
 *
 * <p>A region that differs from the background is a thing. A thing moves if something in it also differs from the last few
 * frames, unless it only flickers or jumped once ({@link ChangeHistory}). Compared only with the last frames, a moving thing
 * would appear as its edges; compared only with the background, a thing that has come to rest would still be reported. The
 * background is the mean of the past where nothing moved. If most of the frame changes at once (a cut, a light switched on),
 * everything restarts.
 *
 * <p>Used by one thread; reuses its native memory and frees it in {@link #close}.
 */
final class MotionFinder implements AutoCloseable {
    /** The most columns and rows of the small copies. */
    private static final int LOOKED_AT = 160;
    /** How fast the background adapts: a thing at rest belongs to it after a second or two. */
    private static final double LEARNING = 0.05;
    /** How fast the memory of the last frames adapts: slow things, too, have moved within it. */
    private static final double FORGETTING = 0.3;
    /** A change of this share of the frame cannot come from things moving in it. */
    private static final double CUT = 0.7;

    private final int threshold;
    private final double minArea;
    private final Mat small = new Mat();
    private final Mat gray = new Mat();
    private final Mat recent = new Mat();
    private final Mat background = new Mat();
    private final Mat rounded = new Mat();
    private final Mat things = new Mat();
    private final Mat moving = new Mat();
    private final Mat still = new Mat();
    private final Mat labels = new Mat();
    private final Mat statistics = new Mat();
    private final Mat centroids = new Mat();
    private final Size softness = new Size(3, 3);
    private final Scalar everything = new Scalar(255);
    private final Scalar nothing = new Scalar(0);
    private final Mat joining;
    private final ChangeHistory history;
    private double share;

    MotionFinder(int threshold, double minArea) {
        this.threshold = threshold;
        this.minArea = minArea;
        try (Size reach = new Size(9, 9)) {
            joining = opencv_imgproc.getStructuringElement(opencv_imgproc.MORPH_RECT, reach);
        }
        history = new ChangeHistory(threshold / 2.0, joining);
    }

    /** The moving regions, labelled {@code motion}, in fractions of the given frame (BGR or GRAY). */
    List<Detection> find(Mat picture) {
        look(picture);
        if (background.cols() != gray.cols() || background.rows() != gray.rows()) {
            return startAfresh();
        }
        history.look(gray);
        difference(background, things);
        if (opencv_core.countNonZero(things) > CUT * area()) {
            return startAfresh();
        }
        difference(recent, moving);
        history.leaveOutRestless(moving);
        history.leaveOutRestless(things);
        opencv_imgproc.morphologyEx(things, things, opencv_imgproc.MORPH_CLOSE, joining);
        List<Detection> found = movingThings();
        share = found.stream().mapToDouble(MotionFinder::movingShare).sum();
        opencv_imgproc.accumulateWeighted(gray, background, LEARNING, still);
        opencv_imgproc.accumulateWeighted(gray, recent, FORGETTING);
        return found;
    }

    /** The share of the last frame that moved, 0 to 1. */
    double share() {
        return share;
    }

    private void look(Mat picture) {
        double scale = Math.min(1, (double) LOOKED_AT / Math.max(picture.cols(), picture.rows()));
        int width = (int) Math.max(1, Math.round(picture.cols() * scale));
        int height = (int) Math.max(1, Math.round(picture.rows() * scale));
        try (Size size = new Size(width, height)) {
            opencv_imgproc.resize(picture, small, size, 0, 0, opencv_imgproc.INTER_AREA);
        }
        if (small.channels() == 1) {
            small.copyTo(gray);
        } else {
            opencv_imgproc.cvtColor(small, gray, opencv_imgproc.COLOR_BGR2GRAY);
        }
        opencv_imgproc.GaussianBlur(gray, gray, softness, 0);
    }

    private List<Detection> startAfresh() {
        gray.convertTo(background, opencv_core.CV_32F);
        gray.convertTo(recent, opencv_core.CV_32F);
        history.startAfresh(gray);
        share = 0;
        return List.of();
    }

    private void difference(Mat reference, Mat result) {
        reference.convertTo(rounded, opencv_core.CV_8U);
        opencv_core.absdiff(gray, rounded, result);
        opencv_imgproc.threshold(result, result, threshold, 255, opencv_imgproc.THRESH_BINARY);
    }

    /** Finds the moving things, and marks all other places in {@link #still}. */
    private List<Detection> movingThings() {
        things.copyTo(still);
        still.put(everything);
        int count = opencv_imgproc.connectedComponentsWithStats(things, labels, statistics, centroids);
        List<Detection> found = new ArrayList<>();
        // Thing 0 is the background.
        for (int thing = 1; thing < count; thing++) {
            PixelRect place = new PixelRect(
                    statistic(thing, opencv_imgproc.CC_STAT_LEFT),
                    statistic(thing, opencv_imgproc.CC_STAT_TOP),
                    statistic(thing, opencv_imgproc.CC_STAT_WIDTH),
                    statistic(thing, opencv_imgproc.CC_STAT_HEIGHT));
            if (moves(place) && place.width() * place.height() >= minArea * area()) {
                found.add(detection(place, statistic(thing, opencv_imgproc.CC_STAT_AREA)));
            }
        }
        return found;
    }

    private int statistic(int thing, int which) {
        return statistics.ptr(thing, which).getInt();
    }

    private boolean moves(PixelRect place) {
        try (Rect rect = place.toRect();
                Mat movingThere = new Mat(moving, rect);
                Mat stillThere = new Mat(still, rect)) {
            boolean moves = opencv_core.countNonZero(movingThere) > 0 && history.changedRepeatedly(place);
            if (moves) {
                stillThere.put(nothing);
            }
            return moves;
        }
    }

    private Detection detection(PixelRect place, int pixels) {
        double score = (double) pixels / (place.width() * place.height());
        return new Detection("motion", score, place.box(gray.cols(), gray.rows()));
    }

    private static double movingShare(Detection detection) {
        return detection.score() * detection.box().width() * detection.box().height();
    }

    private int area() {
        return gray.cols() * gray.rows();
    }

    @Override
    public void close() {
        history.close();
        for (Mat mat : List.of(small, gray, recent, background, rounded, things, moving, still, labels, statistics)) {
            mat.close();
        }
        for (Pointer part : List.of(centroids, joining, softness, everything, nothing)) {
            part.close();
        }
    }
}
