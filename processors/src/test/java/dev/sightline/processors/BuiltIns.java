package dev.sightline.processors;

import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.Parameter;
import dev.sightline.processor.ProcessorFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** Makes the built-in processors as a configuration would: by name, with the defaults of their parameters. */
final class BuiltIns {

    private BuiltIns() {}

    static List<ProcessorFactory<?>> all() {
        List<ProcessorFactory<?>> found = new ArrayList<>();
        ServiceLoader.load(ProcessorFactory.class).forEach(found::add);
        return found;
    }

    /** A processor from its shorthand, for example {@code resize:width=400}. */
    static FrameProcessor processor(String shorthand) {
        String[] parts = shorthand.split("(?<!\\\\):");
        ProcessorFactory<?> factory = all().stream()
                .filter(candidate -> candidate.name().equals(parts[0]))
                .findFirst()
                .orElseThrow();
        return create(factory, settings(parts));
    }

    static List<RecordComponent> parameters(ProcessorFactory<?> factory) {
        return List.of(factory.parameters().getRecordComponents());
    }

    /** The key of a parameter: its name in lower-case-dashed form. */
    static String key(RecordComponent component) {
        return dashed(component.getName().replaceAll("([A-Z])", "_$1"));
    }

    private static Map<String, String> settings(String[] parts) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            settings.put(
                    part.substring(0, part.indexOf('=')),
                    part.substring(part.indexOf('=') + 1).replace("\\", ""));
        }
        return settings;
    }

    private static <P extends Record> FrameProcessor create(ProcessorFactory<P> factory, Map<String, String> settings) {
        RecordComponent[] components = factory.parameters().getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> value(component, Optional.ofNullable(settings.remove(key(component)))))
                .toArray();
        if (!settings.isEmpty()) {
            throw new IllegalArgumentException("no parameters " + settings + " in " + factory.name());
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return factory.create(
                    factory.parameters().getDeclaredConstructor(types).newInstance(values));
        } catch (InvocationTargetException refused) {
            throw (RuntimeException) refused.getCause();
        } catch (ReflectiveOperationException failure) {
            throw new AssertionError(failure);
        }
    }

    private static Object value(RecordComponent component, Optional<String> given) {
        String byDefault = component.getAnnotation(Parameter.class).byDefault();
        if (component.getGenericType() instanceof ParameterizedType optional) {
            return given.map(text -> parsed(optional.getActualTypeArguments()[0], text));
        }
        return parsed(component.getType(), given.orElse(byDefault));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object parsed(Type type, String text) {
        if (type == int.class || type == Integer.class) {
            return Integer.parseInt(text);
        }
        if (type == double.class || type == Double.class) {
            return Double.parseDouble(text);
        }
        if (type == boolean.class) {
            return text.equals("true");
        }
        if (type == Duration.class) {
            return Duration.parse("PT" + text.replaceFirst("^(\\d+)ms$", "0.$1s"));
        }
        if (type instanceof Class kind && kind.isEnum()) {
            return Arrays.stream(kind.getEnumConstants())
                    .filter(constant -> dashed(constant.toString()).equals(text))
                    .findFirst()
                    .orElseThrow();
        }
        return text;
    }

    static String dashed(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
