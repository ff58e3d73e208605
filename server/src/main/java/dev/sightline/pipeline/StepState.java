package dev.sightline.pipeline;

import java.util.Locale;

/** How a step does its work, the worst last. */
public enum StepState {
    /** It works. */
    OK,
    /** It failed at the last picture, or within the last 10 s. */
    FAILING,
    /** It failed too often, and is left out for a while. */
    OFF,
    /** It does not finish the picture it was lent. */
    HANGING;

    /** The state within a sentence. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
