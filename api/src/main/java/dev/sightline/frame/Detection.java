package dev.sightline.frame;

import java.util.Optional;

/**
 * Something found in a frame.
 *
 * @param label what it is, for example {@code face}
 * @param score the detector's confidence, 0 to 1
 * @param box where it is, in fractions of the frame
 * @param id names the same object from frame to frame, if the detector tracks it
 */
public record Detection(String label, double score, Box box, Optional<String> id) {

    /** Throws IllegalArgumentException if the score is outside 0 to 1. */
    public Detection {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("a score lies between 0 and 1, this is " + score);
        }
    }

    /** A detection that is not tracked from frame to frame. */
    public Detection(String label, double score, Box box) {
        this(label, score, box, Optional.empty());
    }

    /** The same detection at another place. */
    public Detection at(Box place) {
        return new Detection(label, score, place, id);
    }
}
