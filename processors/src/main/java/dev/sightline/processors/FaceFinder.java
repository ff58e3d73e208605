package dev.sightline.processors;

import dev.sightline.frame.Detection;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/** Finds faces. Each processor has its own finder, used by one thread and closed by its owner. */
sealed interface FaceFinder extends AutoCloseable permits BlazeFace, HaarCascade {
    /** The label of the detections. */
    String LABEL = "face";

    /** Creates a finder of the given kind and loads its model. */
    static FaceFinder of(FaceSearch search) {
        return switch (search.model()) {
            case BLAZEFACE -> new BlazeFace(BlazeFace.Variant.SHORT_RANGE, search);
            case BLAZEFACE_FULL -> new BlazeFace(BlazeFace.Variant.FULL_RANGE, search);
            case HAAR -> new HaarCascade(search);
        };
    }

    /** The faces in a frame (BGR or GRAY), the most certain first. */
    List<Detection> find(Mat picture);

    @Override
    void close();
}
