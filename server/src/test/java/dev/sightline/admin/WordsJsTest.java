package dev.sightline.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages' words for where a stream stands, run by Node.js. */
class WordsJsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            STALE   | faces is off  | no picture since TIME — faces is off
            STALE   |               | no picture since TIME
            OFFLINE | nobody at all | no signal since TIME, trying again — nobody at all
            """)
    void situation_notLive_saysWhatThereIsNotAndWhy(String state, String reason, String expected) throws Exception {
        String program = script() + "console.log(situation('" + state + "', Date.now(), '"
                + (reason == null ? "" : reason) + "').text);";
        Process node = new ProcessBuilder("node", "--input-type=module", "-")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream in = node.getOutputStream()) {
            in.write(program.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said.strip().replaceFirst("\\d\\d:\\d\\d:\\d\\d", "TIME")).isEqualTo(expected);
    }

    private static String script() throws Exception {
        try (InputStream words = WordsJsTest.class.getResourceAsStream("web/player/words.js")) {
            return new String(words.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
