package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenderFrameIdTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'null'                                     | is no object",
                "[1]                                        | is no object",
                "{                                          | is no JSON",
                "{\"seq\": 1}                               | captureTime is no number",
                "{\"captureTime\": 1}                       | seq is no whole number",
                "{\"seq\": \"1\", \"captureTime\": 1}       | seq is no whole number",
                "{\"seq\": 1.5, \"captureTime\": 1}         | seq is no whole number",
                "{\"seq\": 1e40, \"captureTime\": 1}        | seq is no whole number",
                "{\"seq\": 18446744073709551621, \"captureTime\": 1} | seq is no whole number",
                "{\"seq\": 1, \"captureTime\": 1e999}       | captureTime is no number",
                "{\"seq\": 1, \"captureTime\": null}        | captureTime is no number"
            })
    void read_whatIsNoId_saysWhatIsWrong(String json, String fault) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(FrameIdException.class)
                .hasMessageEndingWith(" and here " + fault);
    }

    @Test
    void read_idsAndNone_areTaken() throws Exception {
        assertThat(read("{\"seq\": -7, \"captureTime\": 12.5, \"more\": []}")).contains(new SenderFrameId(-7, 12.5));
        assertThat(read("{\"seq\": 7.0, \"captureTime\": 9007199254740993}"))
                .contains(new SenderFrameId(7, 9007199254740993.0));
        assertThat(read("{\"seq\": 9223372036854775807, \"captureTime\": 0}"))
                .contains(new SenderFrameId(Long.MAX_VALUE, 0));
        assertThat(read("{}")).isEmpty();
        assertThat(read("")).isEmpty();
    }

    private static Optional<SenderFrameId> read(String json) throws FrameIdException {
        return SenderFrameId.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
