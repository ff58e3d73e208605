package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WantedPipelineTest {
    private final List<Long> tries = new ArrayList<>();
    private boolean sound;
    private long seconds;

    private final WantedPipeline next = new WantedPipeline(
            PipelineRecipe.of(List.of(new NamedProcessor("hides", () -> {
                tries.add(seconds);
                if (!sound) {
                    throw new IllegalStateException("no model");
                }
                return frame -> {};
            }))),
            () -> Long.MAX_VALUE - 5 + TimeUnit.SECONDS.toNanos(seconds)); // it overflows on the way

    @Test
    void create_thatFails_isTriedAgainEverMoreSeldom() {
        for (; seconds < 100; seconds++) {
            assertThatThrownBy(() -> next.create("me", Pipeline.of(List.of())))
                    .isInstanceOf(ProcessorException.class)
                    .hasMessageContaining("no model");
        }
        assertThat(tries).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 61L, 91L);
    }

    @Test
    void create_onceItCan_makesIt() {
        assertThatThrownBy(() -> next.create("me", Pipeline.of(List.of()))).isInstanceOf(ProcessorException.class);
        assertThat(next.standstill()).contains("processor 'hides' cannot be made: no model (IllegalStateException)");
        sound = true;
        seconds = 1;
        try (Pipeline made = next.create("me", Pipeline.of(List.of()))) {
            assertThat(made.statuses()).hasSize(1);
        }
    }
}
