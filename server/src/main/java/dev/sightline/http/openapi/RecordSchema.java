package dev.sightline.http.openapi;

import com.fasterxml.jackson.annotation.JsonIgnoreType;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The JSON Schemas (2020-12) of values as answers have them: records with their components in order and without absent ones,
 * times in ISO 8601, enumerations by name. Each record's schema stands among {@link #all}, by its simple name or {@link
 * JsonTypeName}, and is referred to. Used by one thread.
 *
 * <p>A configuration's keys, defaults and ranges are another thing: see {@code pipeline.ParameterSchema}.
 */
public final class RecordSchema {
    private static final String PLACE = "#/components/schemas/";

    private static final Map<Class<?>, Map<String, Object>> SCALARS = Map.ofEntries(
            Map.entry(int.class, Map.of("type", "integer", "format", "int32")),
            Map.entry(Integer.class, Map.of("type", "integer", "format", "int32")),
            Map.entry(OptionalInt.class, Map.of("type", "integer", "format", "int32")),
            Map.entry(long.class, Map.of("type", "integer", "format", "int64")),
            Map.entry(Long.class, Map.of("type", "integer", "format", "int64")),
            Map.entry(OptionalLong.class, Map.of("type", "integer", "format", "int64")),
            Map.entry(double.class, Map.of("type", "number")),
            Map.entry(Double.class, Map.of("type", "number")),
            Map.entry(OptionalDouble.class, Map.of("type", "number")),
            Map.entry(boolean.class, Map.of("type", "boolean")),
            Map.entry(Boolean.class, Map.of("type", "boolean")),
            Map.entry(String.class, Map.of("type", "string")),
            Map.entry(Instant.class, Map.of("type", "string", "format", "date-time")),
            Map.entry(java.math.BigDecimal.class, Map.of("type", "number")),
            Map.entry(Object.class, Map.of()));

    private final Map<String, Object> all = new TreeMap<>();
    private final Map<String, Class<?>> named = new TreeMap<>();

    RecordSchema() {}

    /** The schemas of all records so far, by name. */
    Map<String, Object> all() {
        return all;
    }

    /** A reference to a schema of that name. */
    static Map<String, Object> reference(String name) {
        return Map.of("$ref", PLACE + name);
    }

    /**
     * The schema of a type.
     *
     * @throws IllegalArgumentException if it is none that answers are made of, or two records have one name
     */
    Map<String, Object> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic);
        }
        Class<?> plain = (Class<?>) type;
        Map<String, Object> scalar = SCALARS.get(isText(plain) ? String.class : plain);
        if (scalar != null) {
            return scalar;
        }
        if (plain.isEnum()) {
            return ofEnum(plain);
        }
        if (plain.isRecord()) {
            return ofRecord(plain);
        }
        throw new IllegalArgumentException("no answer is made of " + type);
    }

    private Map<String, Object> ofGeneric(ParameterizedType type) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        Map<String, Object> last = of(arguments[arguments.length - 1]);
        if (raw == Optional.class) {
            return last;
        }
        return Collection.class.isAssignableFrom(raw)
                ? ordered("type", "array", "items", last)
                : ordered("type", "object", "additionalProperties", last.isEmpty() ? true : last);
    }

    private static Map<String, Object> ofEnum(Class<?> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .toList();
        return ordered("type", "string", "enum", names);
    }

    private Map<String, Object> ofRecord(Class<?> type) {
        String name = Optional.ofNullable(type.getAnnotation(JsonTypeName.class))
                .map(JsonTypeName::value)
                .orElse(type.getSimpleName());
        Class<?> known = named.putIfAbsent(name, type);
        if (known == null) {
            all.put(name, object(type));
        } else if (known != type) {
            throw new IllegalArgumentException(known + " and " + type + " have one name: give one a @JsonTypeName");
        }
        return reference(name);
    }

    private Map<String, Object> object(Class<?> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        components(type).forEach(component -> {
            String name = annotation(component, JsonProperty.class)
                    .map(JsonProperty::value)
                    .orElse(component.getName());
            properties.put(name, of(component.getGenericType()));
            if (!component.getType().getSimpleName().startsWith("Optional")) {
                required.add(name);
            }
        });
        Map<String, Object> object = ordered("type", "object", "properties", properties);
        if (!required.isEmpty()) {
            object.put("required", required);
        }
        return object;
    }

    /** Those that are members, of records unwrapped into this one too. */
    private static Stream<RecordComponent> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(each -> !each.getType().isAnnotationPresent(JsonIgnoreType.class))
                .flatMap(each -> annotation(each, JsonUnwrapped.class).isPresent()
                        ? components(each.getType())
                        : Stream.of(each));
    }

    /** Jackson's annotations stand on the accessor. */
    private static <A extends Annotation> Optional<A> annotation(RecordComponent component, Class<A> type) {
        return Optional.ofNullable(component.getAccessor().getAnnotation(type));
    }

    /** Whether it stands in JSON as one text. */
    private static boolean isText(Class<?> type) {
        return Stream.concat(Stream.of(type), Arrays.stream(type.getInterfaces()))
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
                .anyMatch(method -> method.isAnnotationPresent(JsonValue.class));
    }

    private static Map<String, Object> ordered(String key, Object value, String second, Object other) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        map.put(second, other);
        return map;
    }
}
