package dev.sightline.processors;

/** Which face finder is used. */
public enum FaceModel {
    /** BlazeFace for short range: quick, for faces within some two metres of the camera. */
    BLAZEFACE,
    /** BlazeFace for full range: three times the work, for faces within some five metres. */
    BLAZEFACE_FULL,
    /** OpenCV's Haar cascade for frontal faces: many times the work, and sees faces looking straight ahead only. */
    HAAR
}
