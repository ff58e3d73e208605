package dev.sightline.processors;

import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_core.StringVector;
import org.bytedeco.opencv.opencv_dnn.Net;

/**
 * MediaPipe's face detector (Bazarevsky and others, "BlazeFace: Sub-millisecond Neural Face Detection on Mobile GPUs", 2019),
 * run by OpenCV's dnn.
 *
 * <p>The net's input is a square with the whole frame fitted into it between black bars, red first, values from -1 to 1. For
 * each anchor (a place on a grid) it outputs a logit of the face's probability, and 16 numbers. The first four are the face's
 * centre, relative to the anchor, and its width and height, in pixels of the square. Grids, value range and thresholds are
 * those of MediaPipe's graphs {@code face_detection_short_range} and {@code face_detection_full_range}.
 */
final class BlazeFace implements FaceFinder {
    /** Numbers per anchor. */
    private static final int NUMBERS = 16;

    /** One of the nets that MediaPipe publishes: its file, the side of its square, and the grids of its anchors. */
    record Variant(String resource, int side, List<Grid> grids) {
        /** Strides 8, 16, 16, 16, two anchors each. */
        static final Variant SHORT_RANGE =
                new Variant("face_detection_short_range.tflite", 128, List.of(new Grid(16, 2), new Grid(8, 6)));
        /** Stride 4, one anchor. */
        static final Variant FULL_RANGE =
                new Variant("face_detection_full_range.tflite", 192, List.of(new Grid(48, 1)));
    }

    /** This many cells across and down, with this many anchors in the middle of each. */
    record Grid(int cells, int anchorsPerCell) {
        int anchors() {
            return cells * cells * anchorsPerCell;
        }

        double centreX(int anchor) {
            int column = anchor / anchorsPerCell % cells;
            return (column + 0.5) / cells;
        }

        double centreY(int anchor) {
            int row = anchor / anchorsPerCell / cells;
            return (row + 0.5) / cells;
        }
    }

    private final Variant variant;
    private final FaceSearch search;
    private final double minLogit;
    /** Lives as long as the net, which may read the weights in place. */
    private final BytePointer weights;

    private final Net net;
    private final StringVector outputNames;
    private final MatVector outputs = new MatVector();
    private final Letterbox letterbox;
    private final Mat blob = new Mat();
    private final Size square;
    private final Scalar middle = new Scalar(127.5, 127.5, 127.5, 0);
    private final float[] logits;
    private final float[] numbers = new float[NUMBERS];

    BlazeFace(Variant variant, FaceSearch search) {
        this.variant = variant;
        this.search = search;
        minLogit = Math.log(search.minScore() / (1 - search.minScore()));
        weights = new BytePointer(read(variant.resource()));
        net = opencv_dnn.readNetFromTFLite(weights, weights.limit());
        outputNames = net.getUnconnectedOutLayersNames();
        letterbox = new Letterbox(variant.side());
        square = new Size(variant.side(), variant.side());
        logits = new float[variant.grids().stream().mapToInt(Grid::anchors).sum()];
    }

    @Override
    public List<Detection> find(Mat picture) {
        Mat fitted = letterbox.fit(picture);
        opencv_dnn.blobFromImage(fitted, blob, 1 / 127.5, square, middle, true, false, opencv_core.CV_32F);
        net.setInput(blob);
        net.forward(outputs, outputNames);
        return WeightedSuppression.merge(candidates()).stream()
                .filter(face -> face.box().width() * letterbox.scale() >= search.minSize())
                .flatMap(face -> letterbox.unfit(face.box()).clipped().map(face::at).stream())
                .toList();
    }

    private List<Detection> candidates() {
        boolean logitsFirst = outputs.get(0).size(2) == 1;
        List<Detection> candidates = new ArrayList<>();
        try (FloatPointer logitsOut =
                        new FloatPointer(outputs.get(logitsFirst ? 0 : 1).data());
                FloatPointer numbersOut =
                        new FloatPointer(outputs.get(logitsFirst ? 1 : 0).data())) {
            logitsOut.get(logits);
            int first = 0;
            for (Grid grid : variant.grids()) {
                for (int anchor = 0; anchor < grid.anchors(); anchor++) {
                    if (logits[first + anchor] >= minLogit) {
                        numbersOut.position((long) NUMBERS * (first + anchor)).get(numbers);
                        addCandidate(candidates, logits[first + anchor], grid.centreX(anchor), grid.centreY(anchor));
                    }
                }
                first += grid.anchors();
            }
        }
        return candidates;
    }

    /** Adds the face that {@link #numbers} describe, if they describe one. */
    private void addCandidate(List<Detection> candidates, double logit, double anchorX, double anchorY) {
        double side = variant.side();
        double width = numbers[2] / side;
        double height = numbers[3] / side;
        if (width > 0 && height > 0) {
            Box box = new Box(
                    anchorX + numbers[0] / side - width / 2, anchorY + numbers[1] / side - height / 2, width, height);
            candidates.add(new Detection(LABEL, 1 / (1 + Math.exp(-logit)), box));
        }
    }

    private static byte[] read(String resource) {
        try (InputStream in = Objects.requireNonNull(BlazeFace.class.getResourceAsStream(resource), resource)) {
            return in.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException("the face model " + resource + " cannot be read from the jar", failure);
        }
    }

    @Override
    public void close() {
        letterbox.close();
        for (Pointer part : List.of(outputs, outputNames, net, weights, blob, square, middle)) {
            part.close();
        }
    }
}
