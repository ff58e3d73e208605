package dev.sightline.processors;

/**
 * What is looked for.
 *
 * @param model which finder
 * @param minScore how sure BlazeFace must be, 0 to 1
 * @param minSize smallest width of a face in pixels
 * @param scaleFactor Haar: from one size looked for to the next
 * @param minNeighbors Haar: how many times a face must be found at about the same place
 */
record FaceSearch(FaceModel model, double minScore, int minSize, double scaleFactor, int minNeighbors) {

    /** A search with the usual settings of Haar. */
    FaceSearch(FaceModel model, double minScore, int minSize) {
        this(model, minScore, minSize, 1.1, 5);
    }
}
