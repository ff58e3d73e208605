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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes records from nodes: keys by the components' names in lower-case-dashed form, defaults and ranges by their {@link
 * Parameter}, everything else by the record's own constructor. Problems are collected, so that all are reported at once.
 *
 * <p>A component may be a {@link Path}, relative to the configuration's folder, a {@link Node}, taken unchanged, or a {@code
 * Map} from String, with the user's own keys.
 */
public final class RecordBinder {
    private static final Pattern NO_SPACE = Pattern.compile("([\\w-]+):(?!/)\\S.*", Pattern.DOTALL);

    private final Problems problems;
    private final Path folder;

    /** Creates a binder with this collection of problems; relative paths start at the working folder. */
    public RecordBinder(Problems problems) {
        this(problems, Path.of(""));
    }

    /**
     * Creates a binder with this collection of problems.
     *
     * @param folder the base of relative paths in components of type {@link Path}
     */
    public RecordBinder(Problems problems, Path folder) {
        this.problems = problems;
        this.folder = folder;
    }

    /**
     * The record that the node describes. What is wrong is added to the problems; the record then has a default if there is
     * one, so that the rest can be judged as well. Empty if no record can be made.
     */
    public <R extends Record> Optional<R> bind(Node node, Class<R> type) {
        return bind(node, type, List.of());
    }

    /** The same, of a node that may have other keys too, which somebody else reads. */
    public <R extends Record> Optional<R> bind(Node node, Class<R> type, List<String> others) {
        if (node instanceof Empty) {
            return construct(type, Map.of(), node.place());
        }
        if (node instanceof Mapping mapping) {
            refuseUnknown(
                    mapping, Stream.concat(keys(type).stream(), others.stream()).toList());
            return construct(type, mapping.entries(), mapping.place());
        }
        if (node instanceof Node.Faulty) {
            return Optional.empty();
        }
        problems.add(node.place(), cure(node, keys(type)));
        return Optional.empty();
    }

    private static String cure(Node node, List<String> keys) {
        if (node instanceof Node.Scalar scalar) {
            Matcher written = NO_SPACE.matcher(scalar.text());
            if (written.matches() && keys.contains(written.group(1))) {
                return "a key's colon needs a space after it: " + scalar.text().replaceFirst(":", ": ");
            }
        }
        return "keys and values are expected here: " + String.join(", ", keys);
    }

    /** The keys of a record, in order. */
    public static List<String> keys(Class<? extends Record> type) {
        return components(type).map(component -> dashed(component.getName())).toList();
    }

    /** The components that keys stand for, those of {@link Unwrapped} records among them. */
    public static Stream<RecordComponent> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(each -> isUnwrapped(each) ? components(each.getType()) : Stream.of(each));
    }

    /** Whether a key cannot be left out. */
    public static boolean isMandatory(RecordComponent component) {
        return whenAbsent(component).isEmpty();
    }

    /** The value of a component whose key is left out; empty if it is mandatory. */
    static Optional<Object> whenAbsent(RecordComponent component) {
        return new RecordBinder(new Problems()).component(component, Map.of(), Place.NOWHERE);
    }

    static boolean isUnwrapped(RecordComponent component) {
        return component.isAnnotationPresent(Unwrapped.class);
    }

    /** Converts {@code minNeighbors} and {@code MIN_NEIGHBORS} to {@code min-neighbors}. */
    public static String dashed(String name) {
        String words = name.equals(name.toUpperCase(Locale.ROOT))
                ? name.replace('_', '-')
                : name.replaceAll("([a-z0-9])([A-Z])", "$1-$2");
        return words.toLowerCase(Locale.ROOT);
    }

    private void refuseUnknown(Mapping mapping, List<String> known) {
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
            // Values may not fit together; those that are wrong by themselves were reported already.
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
        if (isUnwrapped(component)) {
            return construct(component.getType().asSubclass(Record.class), entries, place)
                    .map(Object.class::cast);
        }
        String key = dashed(component.getName());
        Parameter parameter = component.getAnnotation(Parameter.class);
        Node node = entries.get(key);
        if (node == null || node instanceof Empty) {
            String byDefault = parameter == null ? "" : parameter.byDefault();
            return byDefault.isEmpty()
                    ? absent(component, key, place)
                    : value(target(component, key), new Node.Scalar(byDefault, place));
        }
        return value(target(component, key), whole(component, node)).or(() -> otherwise(component, place));
    }

    /** The section that one word stands for. */
    private static Node whole(RecordComponent component, Node node) {
        Brief brief = component.getAnnotation(Brief.class);
        return brief != null && node instanceof Node.Scalar
                ? new Mapping(Map.of(brief.value(), node), node.place())
                : node;
    }

    /** Replaces a wrong and reported value, so that the rest can be judged as well. */
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
                ? "; one that ends with a colon needs quotes: " + key + ": '"
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
     * The target of a value.
     *
     * @param key its key
     * @param type the type to convert to
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
