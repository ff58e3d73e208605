package dev.sightline.app.configuration;

import dev.sightline.config.Node;
import dev.sightline.config.Place;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.pipeline.ParameterSchema;
import dev.sightline.pipeline.ProcessorDescription;
import dev.sightline.source.SourceSchemes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the control API may set of a stream: never a value of the environment or of a file, never a key that names code, classes
 * or files ({@link ParameterSchema#FILE_ONLY}), and a source only within the section {@code egress}.
 *
 * <p>Each node knows by its {@linkplain Place place} whether it came from the API or stands in the file. A source of the API is
 * marked by the key {@code egress}, which also stays where the change is kept in the file.
 */
final class ApiWrites {
    private static final String SOURCE = "source";
    private static final String EGRESS = "egress";
    private static final Node CHECKED = new Node.Scalar("checked", Place.member(EGRESS));
    /** Sources that lead nowhere. */
    private static final Set<String> INNER = Set.of("pattern", "publish", "mirror");

    private final Map<String, Map<String, Object>> processors;

    /** Takes the processors that streams may name. */
    ApiWrites(List<ProcessorDescription> processors) {
        this.processors = processors.stream()
                .collect(Collectors.toMap(ProcessorDescription::name, ProcessorDescription::parameters));
    }

    /**
     * The stream as it may become.
     *
     * @param before what it was; empty if it is new
     * @param written what the file says of it; empty if nothing
     * @throws ProblemException 403, with the place of what the API may not set
     */
    Node checked(Node wanted, Optional<Node> before, Optional<Node> written) {
        if (!(wanted instanceof Node.Mapping mapping)) {
            return wanted;
        }
        refuseReferences(wanted);
        Node steps = StreamSettings.listed(wanted);
        for (String key : StreamSettings.STEP_KEYS) {
            if (entry(steps, key) instanceof Node.Sequence sequence) {
                sequence.items().forEach(this::refuseParameters);
            }
        }
        return marked(mapping, before, written);
    }

    /** A reference would read what the API's user may not, and send it to wherever the value goes. */
    static void refuseReferences(Node node) {
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().values().forEach(ApiWrites::refuseReferences);
        } else if (node instanceof Node.Sequence sequence) {
            sequence.items().forEach(ApiWrites::refuseReferences);
        } else if (node instanceof Node.Scalar scalar
                && isOfApi(scalar)
                && scalar.text().contains("${")) {
            throw refused(scalar.place(), "the API takes no references such as ${NAME}: write them into the file");
        }
    }

    private void refuseParameters(Node step) {
        if (step instanceof Node.Mapping mapping) {
            mapping.entries()
                    .forEach((name, parameters) -> refuse(parameters, processors.getOrDefault(name, Map.of())));
        }
    }

    /** Refuses what the schema lets be set by the file only. */
    private static void refuse(Node node, Map<?, ?> schema) {
        if (Boolean.TRUE.equals(schema.get(ParameterSchema.FILE_ONLY)) && isOfApi(node)) {
            throw refused(
                    node.place(),
                    "the API does not set this, which may name code, files or addresses: it is set"
                            + " in the configuration file");
        }
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach((key, value) -> refuse(value, below(schema, key)));
        } else if (node instanceof Node.Sequence sequence) {
            sequence.items().forEach(item -> refuse(item, inner(schema.get("items"))));
        }
    }

    private static Map<?, ?> below(Map<?, ?> schema, String key) {
        Object property = inner(schema.get("properties")).get(key);
        return inner(property == null ? schema.get("additionalProperties") : property);
    }

    private static Map<?, ?> inner(@Nullable Object schema) {
        return schema instanceof Map<?, ?> map ? map : Map.of();
    }

    /** Whether anything of it was written by the API. */
    private static boolean isOfApi(Node node) {
        if (node instanceof Node.Mapping mapping) {
            return mapping.entries().values().stream().anyMatch(ApiWrites::isOfApi);
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.items().stream().anyMatch(ApiWrites::isOfApi);
        }
        return node.place().line() == 0;
    }

    private static Node marked(Node.Mapping wanted, Optional<Node> before, Optional<Node> written) {
        Node source = entry(wanted, SOURCE);
        if (!(source instanceof Node.Scalar address)) {
            return wanted;
        }
        Optional<Node> origin = written.filter(node -> says(node, address))
                .or(() -> before.filter(node -> !isOfApi(address) && says(node, address)));
        Map<String, Node> entries = new LinkedHashMap<>(wanted.entries());
        entries.remove(EGRESS);
        boolean inner = INNER.contains(SourceSchemes.schemeOf(address.text()));
        Optional<Node> mark = origin.isPresent()
                ? Optional.<@Nullable Node>ofNullable(entry(origin.get(), EGRESS))
                : inner ? Optional.empty() : Optional.of(CHECKED);
        mark.ifPresent(node -> entries.put(EGRESS, node));
        Node given = entry(wanted, EGRESS);
        if (given != null
                && !(given instanceof Node.Empty)
                && isOfApi(given)
                && !text(given).equals(mark.map(ApiWrites::text).orElse("any"))) {
            throw refused(given.place(), "where a source may lead is set in the configuration file");
        }
        return new Node.Mapping(entries, wanted.keys(), wanted.place());
    }

    private static boolean says(Node stream, Node.Scalar source) {
        return entry(stream, SOURCE) instanceof Node.Scalar other
                && other.text().equals(source.text());
    }

    private static @Nullable Node entry(Node node, String key) {
        return node instanceof Node.Mapping mapping ? mapping.entries().get(key) : null;
    }

    private static String text(Node node) {
        return node instanceof Node.Scalar scalar ? scalar.text() : "";
    }

    private static ProblemException refused(Place place, String why) {
        return new ProblemException(Problem.of(403, place.before(why)));
    }
}
