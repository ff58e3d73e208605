package dev.sightline.codec;

/**
 * Assigns frames to three temporal layers: of four frames the first is in the base layer, the third in the next, the others in
 * the last, so that a viewer may take all, a half or a quarter of them. Each refers to the base layer's last frame and to no
 * other, so frames above the base layer may be left out from any one on, or come back, without a keyframe.
 *
 * <p>Without such layers video of the same rate is a little better, so they are there only while somebody needs them. Used by one
 * thread.
 */
final class TemporalLayers {
    private static final int[] PATTERN = {0, 2, 1, 2};

    private int at;
    private boolean layered;

    /**
     * A frame's place.
     *
     * @param layer from 0, the base layer
     * @param layered whether it refers to the base layer's last frame alone; else to whatever suits the encoder
     */
    record Place(int layer, boolean layered) {
        /** Where there are no layers. */
        static final Place NONE = new Place(0, false);

        private static final Place BASE = new Place(0, true);
    }

    /** The next frame's place. What comes after the last layer does not refer to what some viewers may lack, either. */
    Place next(boolean wanted, boolean keyframe) {
        at = wanted && !keyframe ? (at + 1) % PATTERN.length : 0;
        if (keyframe) {
            return Place.NONE;
        }
        return wanted ? new Place(PATTERN[at], true) : layered ? Place.BASE : Place.NONE;
    }

    /** The frame of this place was encoded, and not left out. */
    void encoded(Place place, boolean wanted) {
        layered = place.layered() && wanted;
    }
}
