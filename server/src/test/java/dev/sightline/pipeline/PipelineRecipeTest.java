package dev.sightline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.config.Problems;
import dev.sightline.config.YamlReader;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.processor.FrameProcessor;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PipelineRecipeTest {
    private static final ProcessorCatalog CATALOG = ProcessorCatalog.builtIn();

    private final Supplier<FrameProcessor> code = () -> frame -> {};

    @Test
    void sameAs_sameFactoryAndParameters_whereverTheyAreWritten() {
        assertThat(recipe("resize:width=400,clock").sameAs(recipe("[resize: {width: 400}, clock]")))
                .isTrue();
        assertThat(recipe("resize:width=400,clock").sameAs(recipe("resize:width=401,clock")))
                .isFalse();
        assertThat(recipe("resize:width=400,clock").sameAs(recipe("clock,resize:width=400")))
                .isFalse();
        assertThat(recipe("clock").sameAs(recipe("clock,clock"))).isFalse();
    }

    @Test
    void sameAs_otherChoices_isAnother() {
        PipelineRecipe some = recipe("clock").withChoices(steps("flip,grayscale"));
        assertThat(some.sameAs(recipe("clock").withChoices(steps("flip,grayscale"))))
                .isTrue();
        assertThat(some.sameAs(recipe("clock").withChoices(steps("grayscale,flip"))))
                .isFalse();
        assertThat(some.sameAs(recipe("clock"))).isFalse();
        assertThat(some.sameAs(recipe("clock,flip,grayscale"))).isFalse();
    }

    @Test
    void sameAs_code_isTheSameBySupplierAndName() {
        NamedProcessor mine = new NamedProcessor("mine", code);
        assertThat(mine.sameAs(new NamedProcessor("mine", code))).isTrue();
        assertThat(mine.sameAs(new NamedProcessor("other", code))).isFalse();
        assertThat(mine.sameAs(new NamedProcessor("mine", () -> frame -> {}))).isFalse();
        assertThat(mine.sameAs(steps("clock").get(0))).isFalse();
        assertThat(steps("clock").get(0).sameAs(mine)).isFalse();
    }

    @Test
    void offered_namesThatAreNoMore_areLeftOut_inOrder() {
        PipelineRecipe some = recipe("clock").withChoices(steps("flip,grayscale"));
        assertThat(some.offered(List.of("grayscale", "clock", "flip", "blur"))).containsExactly("grayscale", "flip");
        assertThat(some.choose(some.offered(List.of("grayscale", "gone"))).steps())
                .containsExactly("clock", "grayscale");
        assertThat(recipe("clock").offered(List.of("flip"))).isEmpty();
    }

    @Test
    void create_stepThatIsNotEnabled_isNotMade_butKeepsItsPlaceAndParameters() {
        PipelineRecipe some = recipe("flip,blur:radius=9:enabled=false,clock");

        assertThat(some.configured()).extracting(NamedProcessor::name).containsExactly("flip", "blur", "clock");
        assertThat(some.configured().get(1).parameters()).containsExactly(Map.entry("radius", 9));
        assertThat(some.all()).extracting(NamedProcessor::name).containsExactly("flip", "clock");
        try (Pipeline pipeline = some.create("cam")) {
            assertThat(pipeline.statuses()).extracting(ProcessorStatus::name).containsExactly("flip", "clock");
        }
        assertThat(some.sameAs(recipe("flip,clock"))).isTrue();
    }

    @Test
    void choose_choiceThatIsNotEnabled_isNotOffered() {
        assertThat(recipe("clock").withChoices(steps("flip,blur:enabled=false")).choices())
                .containsExactly("flip");
    }

    private static PipelineRecipe recipe(String process) {
        return PipelineRecipe.of(steps(process));
    }

    private static List<NamedProcessor> steps(String process) {
        Problems problems = new Problems();
        List<NamedProcessor> steps = CATALOG.resolve(YamlReader.read(process, "test", problems), problems);
        problems.throwIfAny();
        return steps;
    }
}
