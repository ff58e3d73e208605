package dev.sightline.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads YAML into {@link Node}s, keeping the place of each. */
public final class YamlReader {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final String file;
    private final Problems problems;

    private YamlReader(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * The document as nodes; an empty document is an empty mapping.
     *
     * @param file how messages name the text
     * @throws ConfigException if the text is no YAML
     */
    public static Node read(String text, String file, Problems problems) {
        try (JsonParser parser = YAML.createParser(text)) {
            YamlReader reader = new YamlReader(file, problems);
            JsonToken first = parser.nextToken();
            return first == null || first == JsonToken.VALUE_NULL
                    ? new Node.Mapping(Map.of(), new Place(file, 1, 1))
                    : reader.node(parser);
        } catch (JacksonException e) {
            TokenStreamLocation location = e.getLocation();
            int line = location == null ? 1 : location.getLineNr();
            int column = location == null ? 1 : location.getColumnNr();
            throw new ConfigException(
                    new Place(file, line, column) + ": this is no YAML: " + firstLine(e.getOriginalMessage()));
        }
    }

    private Node node(JsonParser parser) {
        Place place = place(parser);
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(parser, place);
            case START_ARRAY -> sequence(parser, place);
            case VALUE_NULL -> new Node.Empty(place);
            default -> new Node.Scalar(parser.getString(), place);
        };
    }

    private Node mapping(JsonParser parser, Place place) {
        Map<String, Node> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Place keyPlace = place(parser);
            parser.nextToken();
            Node value = node(parser);
            if (entries.putIfAbsent(key, value) != null) {
                problems.add(keyPlace, "'" + key + "' stands here a second time");
            }
        }
        return new Node.Mapping(entries, place);
    }

    private Node sequence(JsonParser parser, Place place) {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(parser));
        }
        return new Node.Sequence(items, place);
    }

    private Place place(JsonParser parser) {
        TokenStreamLocation location = parser.currentTokenLocation();
        return new Place(file, location.getLineNr(), location.getColumnNr());
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse(message);
    }
}
