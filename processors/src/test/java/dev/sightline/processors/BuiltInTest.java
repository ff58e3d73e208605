package dev.sightline.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sightline.frame.PixelFormat;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.Parameter;
import dev.sightline.processor.ProcessorFactory;
import java.lang.reflect.RecordComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInTest {

    @Test
    void serviceLoader_findsAllTwelve() {
        assertThat(BuiltIns.all())
                .extracting(ProcessorFactory::name)
                .containsExactlyInAnyOrder(
                        "resize",
                        "crop",
                        "flip",
                        "rotate",
                        "grayscale",
                        "blur",
                        "edges",
                        "clock",
                        "text",
                        "motion",
                        "faces",
                        "pixelate-faces");
    }

    @Test
    void parameters_eachSaysWhatItMeans_andItsDefaultIsInItsRange() {
        for (ProcessorFactory<?> factory : BuiltIns.all()) {
            assertThat(factory.description()).endsWith(".");
            for (RecordComponent component : BuiltIns.parameters(factory)) {
                Parameter parameter = component.getAnnotation(Parameter.class);
                assertThat(parameter).as(factory.name() + " " + component).isNotNull();
                assertThat(parameter.value()).endsWith(".");
                if (component.getType().isPrimitive() && component.getType() != boolean.class) {
                    assertThat(Double.parseDouble(parameter.byDefault()))
                            .as(factory.name() + " " + component)
                            .isBetween(parameter.min(), parameter.max());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resize:width=64",
                "crop",
                "flip",
                "rotate",
                "grayscale",
                "blur",
                "edges",
                "clock",
                "text:text=hello",
                "motion",
                "faces",
                "pixelate-faces"
            })
    void create_withDefaults_worksOnPicturesOfAllSizes(String shorthand) throws Exception {
        try (FrameProcessor processor = BuiltIns.processor(shorthand)) {
            for (int side : new int[] {1, 2, 17, 300}) {
                try (var frame = Pictures.frame(Pictures.noise(side, 301 - side, side))) {
                    Pictures.step(frame, processor);
                    assertThat(frame.width()).isPositive();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "faces|true|BGR",
                "faces:draw=false|false|BGR GRAY",
                "faces:color=white|true|BGR GRAY",
                "motion|true|BGR",
                "motion:draw=false|false|BGR GRAY",
                "clock|true|BGR GRAY",
                "text:text=x:color=red|true|BGR",
                "grayscale|true|GRAY",
                "edges|true|GRAY",
                "resize:width=5|true|BGR GRAY",
                "pixelate-faces|true|BGR GRAY"
            })
    void processor_saysWhetherItChangesThePicture_andWhichLayoutsItTakes(
            String shorthand, boolean changes, String layouts) {
        try (FrameProcessor processor = BuiltIns.processor(shorthand)) {
            assertThat(processor.changesPicture()).isEqualTo(changes);
            assertThat(processor.accepts()).extracting(PixelFormat::name).containsExactlyInAnyOrder(layouts.split(" "));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resize|width, a height or both",
                "crop:x=0.5:width=0.6|x 0.5 plus width 0.6 is more than 1",
                "crop:y=0.5:height=0.6|y 0.5 plus height 0.6 is more than 1",
                "edges:low=9:high=8|low (9) must not be above high (8)",
                "clock:pattern=bbb|cannot write 'bbb'",
                "clock:zone=Mars/Olympus|Europe/Berlin",
                "clock:color=greenish|white, black",
                "text:text=日本|U+65E5",
                "motion:left=0.5:right=0.5|left must be less than right",
                "faces:color=#12345|six hexadecimal digits"
            })
    void parameters_thatDoNotFit_areRefusedWithAReason(String shorthand, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BuiltIns.processor(shorthand))
                .withMessageContaining(reason);
    }
}
