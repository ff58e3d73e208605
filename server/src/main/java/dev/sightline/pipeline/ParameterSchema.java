package dev.sightline.pipeline;

import dev.sightline.config.Node;
import dev.sightline.config.Nodes;
import dev.sightline.config.RecordBinder;
import dev.sightline.config.RecordWriter;
import dev.sightline.processor.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JSON Schema (2020-12) of a parameter record, as plain values: the keys with their types, ranges, defaults and sentences.
 *
 * <p>Two keywords are our own. {@code unit} is a number's {@link Parameter#unit}. {@code x-sightline} tells a form what the
 * types do not: {@code "duration"} for times such as {@code 500ms}, and {@code {"region": [keys]}} for a record with the edges
 * of a rectangle in fractions of the frame: {@code left, top, right, bottom} or {@code x, y, width, height}.
 */
public final class ParameterSchema {
    /** JSON Schema's keyword for what a client may read, but not write: it is set in the configuration file. */
    public static final String FILE_ONLY = "readOnly";

    private static final String HINT = "x-sightline";

    /** As the configuration reads it; that it is above 0 and at most a year is checked there. */
    private static final String DURATION = "^\\s*[0-9]+(\\.[0-9]+)?\\s*(ms|s|m|h)\\s*$";

    private static final List<List<String>> REGIONS =
            List.of(List.of("left", "top", "right", "bottom"), List.of("x", "y", "width", "height"));

    private ParameterSchema() {}

    /** The schema of an object with the keys of the record; others are not allowed. */
    public static Map<String, Object> of(Class<? extends Record> type) {
        return object(type, Set.of());
    }

    /** A record within itself is described once: below, it is any object. */
    private static Map<String, Object> object(Class<?> type, Set<Class<?>> outer) {
        Map<String, Object> schema = typed("object");
        if (outer.contains(type)) {
            return schema;
        }
        Set<Class<?>> within = Stream.concat(outer.stream(), Stream.of(type)).collect(Collectors.toSet());
        Map<String, Map<String, Object>> properties = new LinkedHashMap<>();
        RecordBinder.components(type).forEach(each -> properties.put(key(each), property(each, within)));
        schema.put("additionalProperties", false);
        schema.put("properties", properties);
        schema.put(
                "required",
                RecordBinder.components(type)
                        .filter(RecordBinder::isMandatory)
                        .map(ParameterSchema::key)
                        .toList());
        region(properties).ifPresent(keys -> schema.put(HINT, Map.of("region", keys)));
        return schema;
    }

    private static String key(RecordComponent component) {
        return RecordBinder.dashed(component.getName());
    }

    private static Map<String, Object> property(RecordComponent component, Set<Class<?>> within) {
        Optional<Parameter> parameter = Optional.ofNullable(component.getAnnotation(Parameter.class));
        Map<String, Object> schema = new LinkedHashMap<>(value(component.getGenericType(), parameter, within));
        parameter
                .filter(each -> !each.byDefault().isEmpty())
                .flatMap(each -> RecordWriter.byDefault(component))
                .ifPresent(value -> schema.put("default", value));
        parameter.ifPresent(each -> schema.put("description", each.value()));
        if (isFileOnly(component)) {
            schema.put(FILE_ONLY, true);
        }
        parameter.map(Parameter::unit).filter(unit -> !unit.isEmpty()).ifPresent(unit -> schema.put("unit", unit));
        return schema;
    }

    /** Paths always are, whoever wrote the record. */
    private static boolean isFileOnly(RecordComponent component) {
        Parameter parameter = component.getAnnotation(Parameter.class);
        return parameter != null && parameter.fileOnly()
                || component.getGenericType().getTypeName().contains(Path.class.getName());
    }

    private static Map<String, Object> value(Type type, Optional<Parameter> range, Set<Class<?>> within) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic, range, within);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return object(plain, within);
        }
        if (plain.isEnum()) {
            return typed("string", "enum", constants(plain));
        }
        return plain == Duration.class ? duration() : scalar(plain, range);
    }

    private static Map<String, Object> generic(
            ParameterizedType type, Optional<Parameter> range, Set<Class<?>> within) {
        Type[] arguments = type.getActualTypeArguments();
        Map<String, Object> item = value(arguments[arguments.length - 1], range, within);
        if (type.getRawType() == Optional.class) {
            return item;
        }
        return type.getRawType() == List.class
                ? typed("array", "items", item)
                : typed("object", "additionalProperties", item);
    }

    private static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> RecordBinder.dashed(((Enum<?>) constant).name()))
                .toList();
    }

    private static Map<String, Object> duration() {
        Map<String, Object> schema = typed("string", "pattern", DURATION);
        schema.put(HINT, "duration");
        return schema;
    }

    private static Map<String, Object> scalar(Class<?> type, Optional<Parameter> range) {
        if (type == boolean.class || type == Boolean.class) {
            return typed("boolean");
        }
        if (type == double.class || type == Double.class) {
            return number("number", range);
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return number("integer", range);
        }
        // A node is taken as it is.
        return type == Node.class ? new LinkedHashMap<>() : typed("string");
    }

    private static Map<String, Object> number(String type, Optional<Parameter> range) {
        Map<String, Object> schema = typed(type);
        range.map(Parameter::min).filter(Double::isFinite).ifPresent(min -> schema.put("minimum", Nodes.plain(min)));
        range.map(Parameter::max).filter(Double::isFinite).ifPresent(max -> schema.put("maximum", Nodes.plain(max)));
        return schema;
    }

    private static Map<String, Object> typed(String type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        return schema;
    }

    private static Map<String, Object> typed(String type, String keyword, Object value) {
        Map<String, Object> schema = typed(type);
        schema.put(keyword, value);
        return schema;
    }

    private static Optional<List<String>> region(Map<String, Map<String, Object>> properties) {
        return REGIONS.stream()
                .filter(keys -> keys.stream().allMatch(key -> isFraction(properties.getOrDefault(key, Map.of()))))
                .findFirst();
    }

    private static boolean isFraction(Map<String, Object> schema) {
        return schema.get("minimum") instanceof Number least
                && schema.get("maximum") instanceof Number most
                && "number".equals(schema.get("type"))
                && least.doubleValue() >= 0
                && most.doubleValue() <= 1;
    }
}
