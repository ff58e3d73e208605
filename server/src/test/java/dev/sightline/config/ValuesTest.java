package dev.sightline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
    @TempDir
    Path folder;

    private Values values;

    @BeforeEach
    void files() throws Exception {
        Files.writeString(folder.resolve("cam"), "from-file\n");
        values = new Values(
                name -> Optional.ofNullable(Map.of("CAM", "x1", "CREDENTIALS_DIRECTORY", folder.toString())
                        .get(name)),
                folder);
    }

    @ParameterizedTest
    @CsvSource({
        "a ${CAM} b, a x1 b",
        "${NONE:-other}, other",
        "${file:cam}, from-file",
        "${credential:cam}, from-file",
        "$${CAM}, ${CAM}"
    })
    void fill_reference_isFilledAndShownByItsName(String written, String text) {
        Node.Scalar filled = (Node.Scalar) fill(written, new Problems());

        assertThat(filled.text()).isEqualTo(text);
        assertThat(filled.shown())
                .isEqualTo(written.equals("$${CAM}") ? "${CAM}" : written.replace(":-other", ""))
                .doesNotContain("x1");
    }

    @ParameterizedTest
    @CsvSource({
        "${NONE}, NONE is not set",
        "${file:gone}, gone for ${file:gone}",
        "${credential:gone}, gone for ${credential:gone}",
        "${credential:../cam}, no name of a credential",
        "${credential:}, no name of a credential",
        "${a b}, is none of"
    })
    void fill_missing_isAProblemWithItsPlaceAndName(String written, String expected) {
        Problems problems = new Problems();

        assertThat(fill(written, problems)).isInstanceOf(Node.Faulty.class);
        assertThat(problems.found())
                .singleElement()
                .asString()
                .startsWith("f.yml:3:4: ")
                .contains(expected);
    }

    @Test
    void fill_credentialWithoutSystemd_saysWhatIsMissing() {
        values = new Values(name -> Optional.empty(), folder);
        Problems problems = new Problems();
        fill("${credential:cam}", problems);

        assertThat(problems.found()).singleElement().asString().contains("CREDENTIALS_DIRECTORY", "LoadCredential=cam");
    }

    private Node fill(String written, Problems problems) {
        return values.fill(new Node.Scalar(written, new Place("f.yml", 3, 4)), problems);
    }
}
