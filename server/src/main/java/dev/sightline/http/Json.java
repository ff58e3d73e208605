package dev.sightline.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Turns values into JSON for answers: components in order, without absent ones, times in ISO 8601. */
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private Json() {}

    /** Where text is not JSON, or which member is unexpected; in our words, not the parser's. */
    static String place(JacksonException fault) {
        String member = fault.getPath().stream()
                .map(JacksonException.Reference::getPropertyName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
        if (!member.isEmpty()) {
            return "its member " + member + " has the wrong type";
        }
        TokenStreamLocation place = fault.getLocation();
        return place == null || place.getLineNr() < 1
                ? "it is cut short or has the wrong type"
                : "see line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }
}
