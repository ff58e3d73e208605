package dev.sightline.codec;

/**
 * Assigns frames to three temporal layers: of four frames the first is in the base layer, the third in the next, the others in
 * the last, so that a viewer may take all, a half or a quarter of them. Only frames of the base layer are references, for all
 * after them: so frames may be left out from any one on, or come back, without a keyframe.
 *
 * <p>Without such layers video of the same rate is a little better, so they are there only while somebody needs them. Used by one
 * thread.
 */
final class TemporalLayers {
    private static final int[] PATTERN = {0, 2, 1, 2};

    private int at;

    /** The next frame's layer. */
    int next(boolean wanted, boolean keyframe) {
        at = wanted && !keyframe ? (at + 1) % PATTERN.length : 0;
        return PATTERN[at];
    }
}
