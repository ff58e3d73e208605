package dev.sightline.http;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** The header fields of a request or response, with names that ignore case; immutable. */
public final class Headers {
    /** No header fields. */
    public static final Headers NONE = new Headers(new TreeMap<>(String.CASE_INSENSITIVE_ORDER));

    private final SortedMap<String, List<String>> fields;

    private Headers(SortedMap<String, List<String>> fields) {
        this.fields = fields;
    }

    /** Header fields from names and their values. */
    static Headers of(Map<String, List<String>> values) {
        TreeMap<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.forEach((name, list) -> fields.put(name, List.copyOf(list)));
        return new Headers(fields);
    }

    /** The first value of a header field. */
    public Optional<String> first(String name) {
        return fields.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** All values of a header field, in order. */
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** All fields by name; unmodifiable. */
    public Map<String, List<String>> asMap() {
        return Collections.unmodifiableMap(fields);
    }

    /** The fields that match, by name and values, tested in the order of names. */
    public Headers only(BiPredicate<String, List<String>> wanted) {
        TreeMap<String, List<String>> some = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.forEach((name, values) -> {
            if (wanted.test(name, values)) {
                some.put(name, values);
            }
        });
        return new Headers(some);
    }

    /** These fields with one set; it replaces an earlier one of that name. */
    public Headers with(String name, String value) {
        TreeMap<String, List<String>> changed = new TreeMap<>(fields);
        changed.put(name, List.of(value));
        return new Headers(changed);
    }
}
