package dev.sightline.processors;

import dev.sightline.frame.Detection;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.RectVector;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.CascadeClassifier;

/**
 * OpenCV's cascade for frontal faces (Viola and Jones 2001; {@code haarcascade_frontalface_alt2}). It answers yes or no:
 * every face found has score 1.
 *
 * <p>The picture is first made so small that the smallest face wanted just fills the cascade's window, which finds the
 * same faces for less work.
 */
final class HaarCascade implements FaceFinder {
    private static final String FILE = "haarcascade_frontalface_alt2.xml";
    /** Side of the smallest face the cascade knows, in pixels. */
    private static final int WINDOW = 20;

    private final FaceSearch search;
    private final CascadeClassifier cascade;
    private final Mat gray = new Mat();
    private final Mat small = new Mat();
    private final RectVector places = new RectVector();
    private final Size window = new Size(WINDOW, WINDOW);
    private final Size anySize = new Size();

    HaarCascade(FaceSearch search) {
        OneThread.perCall();
        this.search = search;
        cascade = load();
    }

    @Override
    public List<Detection> find(Mat picture) {
        prepare(picture);
        cascade.detectMultiScale(small, places, search.scaleFactor(), search.minNeighbors(), 0, window, anySize);
        List<Detection> faces = new ArrayList<>();
        for (long i = 0; i < places.size(); i++) {
            Rect place = places.get(i);
            PixelRect face = new PixelRect(place.x(), place.y(), place.width(), place.height());
            faces.add(new Detection(LABEL, 1, face.box(small.cols(), small.rows())));
        }
        return faces;
    }

    private void prepare(Mat picture) {
        Mat gray = picture;
        if (picture.channels() != 1) {
            opencv_imgproc.cvtColor(picture, this.gray, opencv_imgproc.COLOR_BGR2GRAY);
            gray = this.gray;
        }
        double scale = Math.min(1, (double) WINDOW / search.minSize());
        opencv_imgproc.resize(gray, small, anySize, scale, scale, opencv_imgproc.INTER_AREA);
        opencv_imgproc.equalizeHist(small, small);
    }

    private static CascadeClassifier load() {
        CascadeClassifier cascade = new CascadeClassifier();
        if (!cascade.load(file().getPath())) {
            cascade.close();
            throw new IllegalStateException("OpenCV cannot read " + file());
        }
        return cascade;
    }

    private static File file() {
        String folder = "/org/bytedeco/opencv/" + Loader.getPlatform();
        try {
            // The second is where OpenCV's builds for Windows have it.
            File file = Loader.cacheResource(folder + "/share/opencv4/haarcascades/" + FILE);
            return file != null
                    ? file
                    : Objects.requireNonNull(Loader.cacheResource(folder + "/etc/haarcascades/" + FILE), FILE);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot unpack " + FILE + " from OpenCV's jar", failure);
        }
    }

    @Override
    public void close() {
        cascade.close();
        gray.close();
        small.close();
        places.close();
        window.close();
        anySize.close();
    }
}
