package dev.sightline.processors;

/** The kind of face finder. */
public enum FaceModel {
    /** BlazeFace for short range: fast, for faces wider than an eighth of the frame's longer side. */
    BLAZEFACE,
    /** BlazeFace for full range: three times the work, for faces wider than a sixteenth of it. */
    BLAZEFACE_FULL,
    /** OpenCV's Haar cascade: thirty times the work, for frontal faces of any size. */
    HAAR
}
