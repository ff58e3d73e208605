package dev.sightline.processors;

/** Which face finder is used. */
public enum FaceModel {
    /** BlazeFace for short range: quick, for faces wider than an eighth of the picture's longer side. */
    BLAZEFACE,
    /** BlazeFace for full range: three times the work, for faces wider than a sixteenth of it. */
    BLAZEFACE_FULL,
    /** OpenCV's Haar cascade: thirty times the work, for faces of any size that look straight ahead. */
    HAAR
}
