package dev.sightline.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightedSuppressionTest {

    @Test
    void merge_ofOverlappingBoxes_isTheirWeightedMean_withTheBestScore() {
        List<Detection> merged = WeightedSuppression.merge(List.of(
                new Detection("face", 0.5, new Box(0.1, 0.1, 0.2, 0.2)),
                new Detection("face", 1, new Box(0.13, 0.1, 0.2, 0.2)),
                new Detection("face", 0.7, new Box(0.7, 0.7, 0.1, 0.1))));
        assertThat(merged).extracting(Detection::score).containsExactly(1.0, 0.7);
        assertThat(merged.get(0).box().x()).isCloseTo(0.12, within(1e-9));
        assertThat(merged.get(1).box().overlap(new Box(0.7, 0.7, 0.1, 0.1))).isCloseTo(1, within(1e-9));
    }

    @Test
    void merge_ofNothing_isNothing() {
        assertThat(WeightedSuppression.merge(List.of())).isEmpty();
    }
}
