package dev.sightline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.config.Node;
import dev.sightline.config.Nodes;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.config.Values;
import dev.sightline.config.YamlReader;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.ProcessorFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ProcessorCatalogTest {
    private final ProcessorCatalog catalog = ProcessorCatalog.builtIn();

    @Test
    void descriptions_builtIn_areSortedAndHoldTheSchema() {
        List<ProcessorDescription> descriptions = catalog.descriptions();

        assertThat(descriptions)
                .extracting(ProcessorDescription::name)
                .isSorted()
                .contains("blur", "pixelate-faces")
                .hasSize(12);
        assertThat(descriptions)
                .filteredOn(each -> each.name().equals("blur"))
                .singleElement()
                .satisfies(blur -> {
                    assertThat(blur.description()).isEqualTo("Softens the picture.");
                    assertThat((Map<?, ?>) blur.parameters().get("properties"))
                            .hasToString(
                                    "{radius={type=integer, minimum=1,"
                                            + " maximum=100, default=5, description=How far a pixel spreads, in pixels., unit=px}}");
                });
    }

    @Test
    void sameAs_equalParameters_isTrueHoweverTheyAreWritten() {
        assertThat(one("blur").sameAs(one("blur:radius=5"))).isTrue();
        assertThat(one("faces:model=haar").sameAs(one(Map.of("faces", Map.of("model", "haar", "min-size", 30)))))
                .isTrue();
    }

    @Test
    void sameAs_anotherParameterOrProcessor_isFalse() {
        assertThat(one("blur").sameAs(one("blur:radius=6"))).isFalse();
        assertThat(one("grayscale").sameAs(one("edges"))).isFalse();
    }

    @Test
    void sameAs_anotherFactory_isFalse() {
        NamedProcessor others =
                ProcessorCatalog.builtIn().resolve(node("blur"), new Problems()).get(0);

        assertThat(one("blur").sameAs(others)).isFalse();
    }

    @Test
    void sameAs_madeByCode_isTrueForTheSameSupplierUnderTheSameName() {
        Supplier<FrameProcessor> supplier = () -> frame -> {};
        NamedProcessor coded = new NamedProcessor("blur", supplier);

        assertThat(coded.sameAs(new NamedProcessor("blur", supplier))).isTrue();
        assertThat(coded.sameAs(new NamedProcessor("other", supplier))).isFalse();
        assertThat(coded.sameAs(new NamedProcessor("blur", () -> frame -> {}))).isFalse();
        assertThat(coded.sameAs(one("blur"))).isFalse();
        assertThat(one("blur").sameAs(coded)).isFalse();
        assertThat(coded.parameters()).isEmpty();
    }

    @Test
    void parameters_resolved_areAllThatHaveAValue() {
        assertThat(one("resize:width=400").parameters()).containsExactly(Map.entry("width", 400));
        assertThat(one("blur").parameters()).containsExactly(Map.entry("radius", 5));
        assertThat(one("grayscale").parameters()).isEmpty();
    }

    @Test
    void parameters_fromTheEnvironment_areNotShown() {
        Problems problems = new Problems();
        Values values = new Values(name -> Optional.of("s3cret"), Path.of(""));
        Node written = YamlReader.read("[text: {text: 'of ${OWNER}'}]", "test.yml", problems, values);

        NamedProcessor text = catalog.resolve(written, problems).get(0);

        assertThat(text.parameters()).containsEntry("text", "of ${OWNER}").containsEntry("color", "white");
    }

    @Test
    void enabled_notAsItShouldBe_isExplained() {
        assertThat(problems("blur:enabled=maybe")).contains("'enabled' is true or false");
        assertThat(problems("blur:enable=false")).contains("unknown key 'enable', did you mean 'enabled'?");
        assertThat(one("blur").enabled()).isTrue();
    }

    @Test
    void with_parameterNamedAsAKeyOfEveryStep_isRefused() {
        assertThatThrownBy(() -> catalog.with(new Switchable()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the processor 'switchable' has a parameter 'enabled', which is a key of every step:"
                        + " give the parameter another name");
    }

    private String problems(String step) {
        Problems problems = new Problems();
        catalog.resolve(node(step), problems);
        return problems.found().toString();
    }

    private NamedProcessor one(Object step) {
        Problems problems = new Problems();
        List<NamedProcessor> resolved = catalog.resolve(node(step), problems);
        assertThat(problems.found()).isEmpty();
        assertThat(resolved).hasSize(1);
        return resolved.get(0);
    }

    private static Node node(Object step) {
        return Nodes.of(List.of(step), Place.member("process"));
    }

    private static final class Switchable implements ProcessorFactory<Switchable.Parameters> {
        record Parameters(boolean enabled) {}

        @Override
        public String name() {
            return "switchable";
        }

        @Override
        public String description() {
            return "Has a switch of its own.";
        }

        @Override
        public Class<Parameters> parameters() {
            return Parameters.class;
        }

        @Override
        public FrameProcessor create(Parameters parameters) {
            return frame -> {};
        }
    }
}
