package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginPolicyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "https://cam.example.org | sightline | Host header is 'sightline', which differs from the Origin;",
                "https://cam.example.org:8443 | cam.example.org | differs from the Origin in its port",
                "https://cam.example.org | CAM.example.org:8080 | differs from the Origin in its port",
                "https://cam.example.org.evil | cam.example.org | 'cam.example.org', which differs from the Origin;",
                "http://[fd00::1]:81 | [fd00::1]:80 | differs from the Origin in its port",
                "https://cam.example.org | \"\" | no Host header",
                "null | cam.example.org | name null in allowed-origins",
            })
    void refusal_saysWhatWasComparedAndWhatToDo(String origin, String host, String words) {
        assertThat(OriginPolicy.refusal(origin, host)).contains(words, "allowed-origins");
    }

    @Test
    void refusal_ofEndlessFields_isShort() {
        assertThat(OriginPolicy.refusal("https://" + "a".repeat(8000), "b".repeat(8000)))
                .hasSizeLessThan(700);
    }
}
