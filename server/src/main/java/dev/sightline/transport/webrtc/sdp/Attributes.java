package dev.sightline.transport.webrtc.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code a=} lines of one level of a description: values by name, in order. */
final class Attributes {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /** Adds the part after {@code a=}. */
    void add(String attribute) {
        int colon = attribute.indexOf(':');
        String name = colon < 0 ? attribute : attribute.substring(0, colon);
        String value = colon < 0 ? "" : attribute.substring(colon + 1);
        values.computeIfAbsent(name.strip(), key -> new ArrayList<>()).add(value.strip());
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }
}
