package dev.sightline.pipeline;

import java.util.Locale;

/** The state of a step, the worst last. */
public enum StepState {
    /** It works. */
    OK,
    /** It failed at the last frame, or within the last 10 s. */
    FAILING,
    /** It failed too often, and is skipped for a while. */
    OFF,
    /** It does not return the frame it was lent. */
    HANGING;

    /** The state as a word in a sentence. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
