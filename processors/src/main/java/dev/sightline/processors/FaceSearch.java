package dev.sightline.processors;

/**
 * The settings of a search.
 *
 * @param model which finder
 * @param minScore BlazeFace's minimum score, 0 to 1
 * @param minSize smallest width of a face in pixels
 * @param scaleFactor Haar: the step from one searched size to the next
 * @param minNeighbors Haar: how many times a face must be found at about the same place
 */
record FaceSearch(FaceModel model, double minScore, int minSize, double scaleFactor, int minNeighbors) {

    /** Creates a search with Haar's default settings. */
    FaceSearch(FaceModel model, double minScore, int minSize) {
        this(model, minScore, minSize, 1.1, 5);
    }
}
