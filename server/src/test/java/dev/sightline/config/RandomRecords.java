package dev.sightline.config;

import dev.sightline.processor.Parameter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Makes valid records at random: numbers in their ranges, and texts that are hard to write or that their records accept. */
final class RandomRecords {
    private static final int TRIES = 1000;
    private static final List<String> TEXTS = List.of(
            "", "a: b", "# no comment", "true", "12", "1.0", "null", "~", "- x", "{a}", "it's \"so\"", "é\\n", "a,b");

    /** What components of these names accept. */
    private static final Map<String, List<String>> ACCEPTED = Map.ofEntries(
            Map.entry("color", List.of("red", "00ff80")),
            Map.entry("pattern", List.of("HH:mm", "yyyy-MM-dd")),
            Map.entry("zone", List.of("UTC", "+02:00")),
            Map.entry("text", List.of("a: b", "# 1")),
            Map.entry("event", List.of("frame", "a: b")),
            Map.entry("tls", List.of("auto", "off", "cert.pem,key.pem")),
            Map.entry("trustedProxies", List.of("10.0.0.5", "10.0.0.0/8")),
            Map.entry(
                    "passwordHash", List.of("$argon2id$v=19$m=19456,t=2,p=1$" + "A".repeat(22) + "$" + "A".repeat(43))),
            Map.entry("token", List.of("# of: twenty or more letters")),
            Map.entry("tokenHash", List.of("0a".repeat(32))),
            Map.entry("may", List.of("watch door-*", "control", "admin")),
            Map.entry("keys", List.of("https://example.org/keys.json")),
            Map.entry("algorithms", List.of("RS256", "ES512")));

    /** What names the entries of these components; others accept any text. */
    private static final Map<String, String> NAMES = Map.of("users", "me@home-", "tokens", "1.");

    private final Random random;

    RandomRecords(long seed) {
        random = new Random(seed);
    }

    /** A record at this place of a JSON body, where its nodes have their places too. */
    <R extends Record> R next(Class<R> type, Place place) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Constructor<R> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        for (int i = 0; i < TRIES; i++) {
            Object[] arguments = new Object[components.length];
            for (int k = 0; k < components.length; k++) {
                arguments[k] = value(components[k], place);
            }
            try {
                return constructor.newInstance(arguments);
            } catch (InvocationTargetException e) {
                // Values that do not fit together; others may.
            }
        }
        throw new IllegalStateException("no " + type + " can be made");
    }

    private Object value(RecordComponent component, Place place) throws ReflectiveOperationException {
        Place own = RecordBinder.isUnwrapped(component) ? place : place.below(RecordBinder.dashed(component.getName()));
        return value(component.getGenericType(), component, own);
    }

    private Object value(Type type, RecordComponent component, Place place) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            return collection(generic, component, place);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == Node.class) {
            return node(place);
        }
        if (plain.isRecord()) {
            return next(plain.asSubclass(Record.class), place);
        }
        if (plain.isEnum()) {
            return pick(Arrays.asList(plain.getEnumConstants()));
        }
        return scalar(plain, component);
    }

    private Object collection(ParameterizedType type, RecordComponent component, Place place)
            throws ReflectiveOperationException {
        Type item = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
        int size = random.nextInt(4);
        if (type.getRawType() == Optional.class) {
            return size == 0 ? Optional.empty() : Optional.of(value(item, component, place));
        }
        List<Object> items = new ArrayList<>();
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            items.add(value(item, component, place.below(Integer.toString(i))));
            String name = NAMES.getOrDefault(component.getName(), "My Key") + i;
            entries.put(name, value(item, component, place.below(name)));
        }
        // An entry that is there has a place of its own, also if it says nothing.
        entries.replaceAll((key, value) ->
                value instanceof Node.Sequence sequence && sequence.items().isEmpty()
                        ? new Node.Sequence(List.of(), place.below(key))
                        : value);
        return type.getRawType() == List.class ? List.copyOf(items) : entries;
    }

    private Object scalar(Class<?> type, RecordComponent component) {
        if (type == String.class) {
            return pick(ACCEPTED.getOrDefault(component.getName(), TEXTS));
        }
        if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        }
        if (type == Duration.class) {
            return Duration.ofNanos(pick(List.of(1L, 1_000L, 1_000_000L, 1_000_000_000L, 60_000_000_000L))
                    * random.nextLong(1, 10_000));
        }
        return type == Path.class ? Path.of("folder", "file") : number(type, component.getAnnotation(Parameter.class));
    }

    private Object number(Class<?> type, Parameter limits) {
        double least = limits == null ? -1000 : Math.max(limits.min(), -1e9);
        double most = limits == null ? 1000 : Math.min(limits.max(), 1e9);
        double number = least + random.nextDouble() * (most - least);
        if (type == double.class || type == Double.class) {
            return random.nextBoolean() ? number : Math.max(least, Math.min(most, Math.rint(number)));
        }
        return type == long.class || type == Long.class
                ? (Object) Math.round(number)
                : (Object) (int) Math.round(number);
    }

    private Node node(Place place) {
        return switch (random.nextInt(4)) {
            case 0 -> new Node.Sequence(List.of(), new Place(above(place), 0, 0));
            case 1 -> Nodes.of("resize:width=400,clock", place);
            default -> Nodes.of(List.of("clock", Map.of("resize", Map.of("width", 400, "flag", true))), place);
        };
    }

    /** An absent node has the place of its record. */
    private static String above(Place place) {
        return place.text().contains("/") ? place.text().replaceFirst("/[^/]*$", "") : "";
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
