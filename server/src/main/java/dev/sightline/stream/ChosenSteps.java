package dev.sightline.stream;

import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import java.util.List;

/** The steps that a sender chooses. */
final class ChosenSteps {
    private ChosenSteps() {}

    /**
     * The recipe with these steps after its own.
     *
     * @throws RefusedException if one of them is not offered
     */
    static PipelineRecipe of(PipelineRecipe recipe, List<String> chosen) throws RefusedException {
        try {
            return recipe.choose(chosen);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Reason.NOT_OFFERED, String.valueOf(e.getMessage()));
        }
    }
}
