package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityHeadersTest {
    private static HttpHeaders completed(String type, boolean trustworthy) {
        HttpHeaders answer = new DefaultHttpHeaders().set("Content-Type", type);
        SecurityHeaders.complete(answer, trustworthy);
        return answer;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html; charset=utf-8",
                "application/json",
                "image/jpeg",
                "multipart/x-mixed-replace",
                "any/x"
            })
    void complete_ofAnyType_forbidsGuessingAndKeeping(String type) {
        assertThat(completed(type, false))
                .anyMatch(field -> field.toString().equals("X-Content-Type-Options=nosniff"))
                .anyMatch(field -> field.toString().equals("Cache-Control=no-store"))
                .anyMatch(field -> field.toString().equals("Referrer-Policy=strict-origin"));
    }

    @Test
    void complete_whatTheHandlerSaid_stays() {
        HttpHeaders answer = new DefaultHttpHeaders()
                .set("Content-Type", "application/json")
                .set("Cache-Control", "no-cache")
                .set("Content-Security-Policy", "default-src 'self'");

        SecurityHeaders.complete(answer, true);

        assertThat(answer.getAll("Cache-Control")).containsExactly("no-cache");
        assertThat(answer.getAll("Content-Security-Policy")).containsExactly("default-src 'self'");
    }

    @Test
    void complete_ofADrawing_runsNothingInIt() {
        assertThat(completed("image/svg+xml", true).get("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; style-src 'unsafe-inline'");
    }

    @Test
    void complete_ofAPage_keepsTheCameraForItselfAndItsOpenerAway() {
        assertThat(completed("text/html", true).get("Permissions-Policy")).contains("camera=(self)", "geolocation=()");
        assertThat(completed("text/html", true).get("Cross-Origin-Opener-Policy"))
                .isEqualTo("same-origin");
        assertThat(completed("text/html", false).contains("Cross-Origin-Opener-Policy"))
                .as("ignored there, with a warning")
                .isFalse();
        assertThat(completed("text/javascript", true).contains("Content-Security-Policy"))
                .as("a worker's script has the policy of its own answer")
                .isFalse();
    }
}
