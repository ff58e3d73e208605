package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;

class JsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense|line 1, column",
                "{\"name\": \"a\",~  wrong}|line 2, column",
                "{\"name\"|line 1, column",
                "{\"number\": \"x\"}|its member number has the wrong type",
                "{\"inner\": {\"number\": []}}|its member inner.number has the wrong type",
                "[]|line 1, column"
            })
    void place_saysWhere_andNothingOfTheParser(String body, String place) {
        JacksonException fault = (JacksonException) catchThrowable(
                () -> Json.MAPPER.readValue(body.replace('~', '\n').getBytes(StandardCharsets.UTF_8), Said.class));
        assertThat(Json.place(fault)).contains(place);
        for (String internal : List.of("REDACTED", "jackson", "java", "Unrecognized", "token", "Said")) {
            assertThat(Json.place(fault)).doesNotContain(internal);
        }
    }

    private record Said(String name, int number, Inner inner) {}

    private record Inner(int number) {}
}
