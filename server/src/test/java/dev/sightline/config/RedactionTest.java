package dev.sightline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedactionTest {
    @Test
    void apply_members_eachTextIsWithoutTheValue() {
        Redaction redaction = new Redaction();
        redaction.hide("s3cret", "${KEY}");

        Map<String, Object> shown = redaction.apply(Map.of(
                "text", "key s3cret", "number", 5, "list", List.of("s3cret", true), "inner", Map.of("key", "s3cret")));

        assertThat(shown)
                .containsOnly(
                        Map.entry("text", "key ${KEY}"),
                        Map.entry("number", 5),
                        Map.entry("list", List.of("${KEY}", true)),
                        Map.entry("inner", Map.of("key", "${KEY}")));
    }
}
