package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.refusal.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void unknown_nearNames_standInDetailAndMember() {
        Response response = Response.problem(Problem.of(unknown("cat", "cam", "car")));
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers().first("content-type")).contains("application/problem+json");
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                        + "\"detail\":\"there is no stream 'cat'; did you mean 'cam' or 'car'?\","
                        + "\"nearest\":[\"cam\",\"car\"]}");
    }

    @Test
    void unknown_noNearNames_saysNothingOfThem() {
        assertThat(Problem.of(unknown("x")).detail()).isEqualTo("there is no stream 'x'");
    }

    @Test
    void unknown_longName_isCut() {
        assertThat(Problem.of(unknown("x".repeat(15_000_000))).detail())
                .isEqualTo("there is no stream '" + "x".repeat(100) + "…'");
    }

    private static RefusedException unknown(String name, String... nearest) {
        return RefusedException.unknownStream(name, List.of(nearest));
    }

    @Test
    void withHeader_keepsTheProblem() {
        ProblemException problem = new ProblemException(Problem.of(503, "later")).withHeader("Retry-After", "5");
        assertThat(problem.response().headers().first("retry-after")).contains("5");
        assertThat(problem.response().status()).isEqualTo(503);
        assertThat(problem).hasMessage("later");
    }
}
