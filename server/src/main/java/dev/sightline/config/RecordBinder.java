package dev.sightline.config;

import dev.sightline.config.Node.Empty;
import dev.sightline.config.Node.Mapping;
import dev.sightline.config.Node.Sequence;
import dev.sightline.processor.Parameter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of nodes: keys by the component's names in lower-case-dashed form, defaults and ranges by their
 * {@link Parameter}, everything else by the record's own constructor. Problems are collected, so that all are told at once.
 *
 * <p>A component may also be a {@link Node}, taken as it is, or a {@code Map} from String, with keys of the user's own.
 */
public final class RecordBinder {
    private final Problems problems;

    /** A binder that reports to the given collection. */
    public RecordBinder(Problems problems) {
        this.problems = problems;
    }

    /** The record that the node describes; empty if something was wrong with it, which is then among the problems. */
    public <R extends Record> Optional<R> bind(Node node, Class<R> type) {
        if (node instanceof Empty) {
            return construct(type, Map.of(), node.place());
        }
        if (node instanceof Mapping mapping) {
            refuseUnknown(mapping, type);
            return construct(type, mapping.entries(), mapping.place());
        }
        problems.add(node.place(), "keys and values are expected here: " + String.join(", ", keys(type)));
        return Optional.empty();
    }

    /** The keys of a record, in its order. */
    public static List<String> keys(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> dashed(component.getName()))
                .toList();
    }

    /** {@code minNeighbors} and {@code MIN_NEIGHBORS} as {@code min-neighbors}. */
    public static String dashed(String name) {
        String words = name.equals(name.toUpperCase(Locale.ROOT))
                ? name.replace('_', '-')
                : name.replaceAll("([a-z0-9])([A-Z])", "$1-$2");
        return words.toLowerCase(Locale.ROOT);
    }

    private void refuseUnknown(Mapping mapping, Class<? extends Record> type) {
        List<String> known = keys(type);
        mapping.entries().forEach((key, value) -> {
            if (!known.contains(key)) {
                problems.add(value.place(), "unknown key '" + key + "'" + Nearest.hint(key, known) + knownKeys(known));
            }
        });
    }

    private static String knownKeys(List<String> known) {
        return known.isEmpty() ? "; there are none here" : "; known are " + String.join(", ", known);
    }

    private <R extends Record> Optional<R> construct(Class<R> type, Map<String, Node> entries, Place place) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] arguments = new Object[components.length];
        int before = problems.found().size();
        for (int i = 0; i < components.length; i++) {
            arguments[i] = component(components[i], entries, place).orElse(null);
        }
        if (problems.found().size() > before) {
            return Optional.empty();
        }
        try {
            return Optional.of(constructor(type).newInstance(arguments));
        } catch (InvocationTargetException e) {
            String message = e.getCause() == null
                    ? e.toString()
                    : String.valueOf(e.getCause().getMessage());
            problems.add(place, message);
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the record " + type.getName() + " cannot be made", e);
        }
    }

    private static <R extends Record> Constructor<R> constructor(Class<R> type) throws NoSuchMethodException {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Constructor<R> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor;
    }

    private Optional<Object> component(RecordComponent component, Map<String, Node> entries, Place place) {
        String key = dashed(component.getName());
        Parameter parameter = component.getAnnotation(Parameter.class);
        Node node = entries.get(key);
        if (node == null || node instanceof Empty) {
            String byDefault = parameter == null ? "" : parameter.byDefault();
            if (byDefault.isEmpty()) {
                return absent(component, key, place);
            }
            node = new Node.Scalar(byDefault, place);
        }
        return value(new Target(key, component.getGenericType(), Optional.ofNullable(parameter)), node);
    }

    private Optional<Object> absent(RecordComponent component, String key, Place place) {
        Class<?> type = component.getType();
        if (type == Optional.class) {
            return Optional.of(Optional.empty());
        }
        if (type == List.class) {
            return Optional.of(List.of());
        }
        if (type == Map.class) {
            return Optional.of(Map.of());
        }
        if (type == Node.class) {
            return Optional.of(new Sequence(List.of(), place));
        }
        if (type.isRecord()) {
            return bind(new Empty(place), type.asSubclass(Record.class)).map(Object.class::cast);
        }
        problems.add(place, "'" + key + "' is missing");
        return Optional.empty();
    }

    private Optional<Object> value(Target target, Node node) {
        Class<?> type = target.rawType();
        if (type == Node.class) {
            return Optional.of(node);
        }
        if (type == Optional.class) {
            return value(target.argument(0), node).map(Optional::of);
        }
        if (type == List.class) {
            return list(target.argument(0), node);
        }
        if (type == Map.class) {
            return map(target.argument(1), node);
        }
        if (type.isRecord()) {
            return bind(node, type.asSubclass(Record.class)).map(Object.class::cast);
        }
        if (node instanceof Node.Scalar scalar) {
            return ScalarValue.parse(target, scalar, problems);
        }
        problems.add(node.place(), "'" + target.key() + "' takes one value");
        return Optional.empty();
    }

    private Optional<Object> list(Target item, Node node) {
        List<Node> nodes = node instanceof Sequence sequence ? sequence.items() : List.of(node);
        List<Object> values = new ArrayList<>();
        nodes.forEach(each -> value(item, each).ifPresent(values::add));
        return Optional.of(List.copyOf(values));
    }

    private Optional<Object> map(Target item, Node node) {
        if (!(node instanceof Mapping mapping)) {
            problems.add(node.place(), "'" + item.key() + "' takes names, each with its own keys");
            return Optional.empty();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        mapping.entries().forEach((key, each) -> value(item, each).ifPresent(value -> values.put(key, value)));
        return Optional.of(values);
    }

    /**
     * What a value is for.
     *
     * @param key the key it stands under
     * @param type what it is to become
     * @param parameter its range
     */
    record Target(String key, Type type, Optional<Parameter> parameter) {

        Class<?> rawType() {
            return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
        }

        Target argument(int index) {
            if (type instanceof ParameterizedType generic) {
                return new Target(key, generic.getActualTypeArguments()[index], parameter);
            }
            throw new IllegalStateException("'" + key + "' needs its type argument");
        }
    }
}
