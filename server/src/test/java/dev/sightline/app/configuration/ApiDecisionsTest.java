package dev.sightline.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.config.Node;
import dev.sightline.config.RecordBinder;
import dev.sightline.pipeline.ParameterSchema;
import dev.sightline.pipeline.ProcessorCatalog;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Of every key that can be configured somebody has decided whether the API of a running server may set it. A new key is to be
 * added here: among those for the file only ({@code @Parameter(fileOnly = true)} in a stream or processor) if it names code to
 * run, classes to load, files or addresses.
 */
class ApiDecisionsTest {
    /** The API reads and changes streams, and nothing else of the configuration but which profile is in force. */
    private static final Set<String> FILE_ONLY_SECTIONS =
            Set.of("http", "webrtc", "egress", "auth", "log", "workers", "processors", "profiles");

    /** The API chooses one of the file's. */
    private static final Set<String> CHOSEN = Set.of("profile");

    /** Within {@link ApiWrites}: the source by the section egress, steps by their parameters below. */
    private static final Set<String> STREAM_BY_API = Set.of(
            "source",
            "process",
            "client-processors",
            "max-senders",
            "max-viewers",
            "on-demand",
            "loop",
            "rtsp-transport",
            "deinterlace",
            "socket-io.out.event",
            "socket-io.out.payload",
            "socket-io.out.media-type",
            "socket-io.out.quality",
            "socket-io.in.event",
            "socket-io.reply.event",
            "socket-io.reply.payload",
            "socket-io.reply.media-type",
            "socket-io.reply.quality");

    private static final Set<String> STREAM_BY_FILE = Set.of("egress", "worker");

    /** Texts among the parameters of built-in processors: what each of them is used for. */
    private static final Map<String, String> TEXTS = Map.of(
            "text.text", "it is drawn",
            "text.color", "a colour",
            "clock.color", "a colour",
            "clock.pattern", "the time is drawn in it",
            "clock.zone", "one of Java's time zones",
            "faces.color", "a colour",
            "motion.color", "a colour");

    @Test
    void sections_eachIsDecided() {
        assertThat(RecordBinder.keys(SightlineConfig.class))
                .containsExactlyInAnyOrderElementsOf(Stream.of(FILE_ONLY_SECTIONS, CHOSEN, Set.of("streams"))
                        .flatMap(Set::stream)
                        .toList());
    }

    @Test
    void keysOfAStream_eachIsDecided_andThoseOfTheFileAreMarked() {
        Set<String> byApi = new TreeSet<>();
        Set<String> byFile = new TreeSet<>();
        leaves("", ParameterSchema.of(StreamConfig.class), false, byApi, byFile);

        assertThat(byApi).containsExactlyInAnyOrderElementsOf(STREAM_BY_API);
        assertThat(byFile).containsExactlyInAnyOrderElementsOf(STREAM_BY_FILE);
    }

    @Test
    void parametersOfProcessors_areNumbersAndWords_orDecided() {
        Set<String> texts = new TreeSet<>();
        ProcessorCatalog.builtIn().descriptions().forEach(each -> {
            Set<String> byApi = new TreeSet<>();
            leaves(each.name() + ".", each.parameters(), true, byApi, new TreeSet<>());
            texts.addAll(byApi);
        });

        assertThat(texts).containsExactlyInAnyOrderElementsOf(TEXTS.keySet());
    }

    /** A type that the schema does not know to be a path must not hide one. */
    @Test
    void typesOfAStream_areKnown() {
        assertThat(types(StreamConfig.class))
                .allMatch(type -> type == Node.class
                        || type == String.class
                        || type == boolean.class
                        || type == int.class
                        || type.isEnum());
    }

    private static List<Class<?>> types(Class<?> record) {
        List<Class<?>> types = new ArrayList<>();
        RecordBinder.components(record).forEach(component -> {
            Type type = component.getGenericType();
            Type last = type instanceof ParameterizedType generic
                    ? generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1]
                    : type;
            Class<?> plain = (Class<?>) last;
            if (plain.isRecord()) {
                types.addAll(types(plain));
            } else {
                types.add(plain);
            }
        });
        return types;
    }

    @SuppressWarnings("unchecked")
    private static void leaves(
            String prefix, Map<String, Object> schema, boolean textsOnly, Set<String> byApi, Set<String> byFile) {
        Map<String, Map<String, Object>> properties =
                (Map<String, Map<String, Object>>) schema.getOrDefault("properties", Map.of());
        properties.forEach((key, property) -> {
            if (Boolean.TRUE.equals(property.get(ParameterSchema.FILE_ONLY))) {
                byFile.add(prefix + key);
            } else if (property.containsKey("properties")) {
                leaves(prefix + key + ".", property, textsOnly, byApi, byFile);
            } else if (!textsOnly || isText(property)) {
                byApi.add(prefix + key);
            }
        });
    }

    private static boolean isText(Map<String, Object> property) {
        Object items = property.get("items");
        return items instanceof Map<?, ?> item
                ? !"number".equals(item.get("type")) && !"integer".equals(item.get("type"))
                : "string".equals(property.get("type"))
                        && !property.containsKey("enum")
                        && !"duration".equals(property.get("x-sightline"));
    }
}
