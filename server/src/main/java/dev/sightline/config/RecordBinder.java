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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of nodes: keys by the component's names in lower-case-dashed form, defaults and ranges by their
 * {@link Parameter}, everything else by the record's own constructor. Problems are collected, so that all are told at once.
 *
 * <p>A component may be a {@link Path}, which is relative to the configuration's folder, a {@link Node}, taken as it is, or a {@code Map} from String, with keys of the user's own.
 */
public final class RecordBinder {
    private static final Pattern NO_SPACE = Pattern.compile("[\\w-]+:\\S.*", Pattern.DOTALL);

    private final Problems problems;
    private final Path folder;

    /** A binder that reports to the given collection; relative paths are meant from the working folder. */
    public RecordBinder(Problems problems) {
        this(problems, Path.of(""));
    }

    /**
     * A binder that reports to the given collection.
     *
     * @param folder what the relative paths in components of type {@link Path} are relative to
     */
    public RecordBinder(Problems problems, Path folder) {
        this.problems = problems;
        this.folder = folder;
    }

    /**
     * The record that the node describes. What is wrong with it is among the problems; where that leaves a default, the
     * record has it, so that the rest can be judged as well. Empty where no record can be made.
     */
    public <R extends Record> Optional<R> bind(Node node, Class<R> type) {
        if (node instanceof Empty) {
            return construct(type, Map.of(), node.place());
        }
        if (node instanceof Mapping mapping) {
            refuseUnknown(mapping, type);
            return construct(type, mapping.entries(), mapping.place());
        }
        if (node instanceof Node.Faulty) {
            return Optional.empty();
        }
        String cure = node instanceof Node.Scalar scalar
                        && NO_SPACE.matcher(scalar.text()).matches()
                ? "after a key's colon stands a space: " + scalar.text().replaceFirst(":", ": ")
                : "keys and values are expected here: " + String.join(", ", keys(type));
        problems.add(node.place(), cure);
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
                problems.add(
                        mapping.placeOf(key),
                        "unknown key '" + key + "'" + Nearest.hint(key, known) + knownKeys(known));
            }
        });
    }

    private static String knownKeys(List<String> known) {
        return known.isEmpty() ? "; there are none here" : "; known are " + String.join(", ", known);
    }

    private <R extends Record> Optional<R> construct(Class<R> type, Map<String, Node> entries, Place place) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] arguments = new Object[components.length];
        int before = problems.count();
        for (int i = 0; i < components.length; i++) {
            arguments[i] = component(components[i], entries, place).orElse(null);
        }
        if (Arrays.stream(arguments).anyMatch(Objects::isNull)) {
            return Optional.empty();
        }
        try {
            return Optional.of(constructor(type).newInstance(arguments));
        } catch (InvocationTargetException e) {
            // Several values may not fit together; those that are wrong by themselves have been told.
            if (problems.count() == before) {
                problems.add(place, Culprit.message(e.getTargetException(), problems.redaction()));
            }
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
            return byDefault.isEmpty()
                    ? absent(component, key, place)
                    : value(target(component, key), new Node.Scalar(byDefault, place));
        }
        return value(target(component, key), node).or(() -> otherwise(component, place));
    }

    /** What stands in for a value that was wrong, and told, so that the rest can be judged as well. */
    private Optional<Object> otherwise(RecordComponent component, Place place) {
        boolean required = component.getAnnotation(Parameter.class) == null
                || component.getAnnotation(Parameter.class).byDefault().isEmpty();
        Class<?> type = component.getType();
        boolean scalar = type != Optional.class && type != List.class && type != Map.class && !type.isRecord();
        return required && scalar ? Optional.empty() : component(component, Map.of(), place);
    }

    private static Target target(RecordComponent component, String key) {
        return new Target(
                key, component.getGenericType(), Optional.ofNullable(component.getAnnotation(Parameter.class)));
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
        if (node instanceof Node.Faulty) {
            return Optional.empty();
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
            return ScalarValue.parse(target, scalar, folder, problems);
        }
        problems.add(node.place(), "'" + target.key() + "' takes one value" + quoted(target.key(), node));
        return Optional.empty();
    }

    /** {@code source: publish:} on two lines is a key without a value. */
    private static String quoted(String key, Node node) {
        return node instanceof Mapping mapping
                        && mapping.entries().size() == 1
                        && mapping.entries().values().iterator().next() instanceof Empty
                ? "; one that ends with a colon stands in quotes: " + key + ": '"
                        + mapping.entries().keySet().iterator().next() + ":'"
                : "";
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
