package dev.sightline.processors;

import dev.sightline.frame.Detection;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.RectVector;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.CascadeClassifier;

/**
 * OpenCV's cascade for frontal faces (Viola and Jones 2001; {@code haarcascade_frontalface_alt2}). Its answer is binary: every
 * face found has score 1. The cascade normalizes the brightness of each place itself.
 */
final class HaarCascade implements FaceFinder {
    private static final String FILE = "haarcascade_frontalface_alt2.xml";
    private final FaceSearch search;
    private final CascadeClassifier cascade;
    private final Mat gray = new Mat();
    private final RectVector places = new RectVector();
    private final Size smallest;
    private final Size largest = new Size();

    HaarCascade(FaceSearch search) {
        this.search = search;
        cascade = load();
        smallest = new Size(search.minSize(), search.minSize());
    }

    @Override
    public List<Detection> find(Mat picture) {
        cascade.detectMultiScale(
                gray(picture), places, search.scaleFactor(), search.minNeighbors(), 0, smallest, largest);
        List<Detection> faces = new ArrayList<>();
        for (long i = 0; i < places.size(); i++) {
            Rect place = places.get(i);
            PixelRect face = new PixelRect(place.x(), place.y(), place.width(), place.height());
            faces.add(new Detection(LABEL, 1, face.box(picture.cols(), picture.rows())));
        }
        return faces;
    }

    private Mat gray(Mat picture) {
        if (picture.channels() == 1) {
            return picture;
        }
        opencv_imgproc.cvtColor(picture, gray, opencv_imgproc.COLOR_BGR2GRAY);
        return gray;
    }

    private static CascadeClassifier load() {
        File file = unpacked();
        CascadeClassifier cascade = new CascadeClassifier();
        if (!cascade.load(file.getPath())) {
            cascade.close();
            throw new IllegalStateException("OpenCV cannot read the face cascade " + file);
        }
        return cascade;
    }

    /** Unpacks the cascade's file from OpenCV's jar into JavaCPP's cache: OpenCV reads it only from a path. */
    private static File unpacked() {
        // The second folder is that of OpenCV's builds for Windows.
        return Stream.of("/share/opencv4/haarcascades/", "/etc/haarcascades/")
                .map(folder -> "/org/bytedeco/opencv/" + Loader.getPlatform() + folder + FILE)
                .map(HaarCascade::cached)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("OpenCV's jar for this platform lacks " + FILE));
    }

    private static Optional<File> cached(String resource) {
        try {
            return Optional.ofNullable(Loader.cacheResource(resource));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot unpack " + resource + " from OpenCV's jar", failure);
        }
    }

    @Override
    public void close() {
        cascade.close();
        gray.close();
        places.close();
        smallest.close();
        largest.close();
    }
}
