package dev.sightline.http.openapi;

import dev.sightline.http.openapi.Operation.Answer;
import dev.sightline.http.openapi.Operation.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A document of OpenAPI 3.1, as plain values for JSON.
 *
 * @param info its title, version and description
 * @param parameters what a parameter in a path means, by name
 * @param everywhere what every operation may answer besides what it says itself: why, by status; each a problem (RFC 9457)
 * @param schemas those that operations refer to, by name, besides the records'
 */
public record OpenApi(
        Map<String, String> info,
        Map<String, String> parameters,
        Map<Integer, String> everywhere,
        Map<String, Map<String, Object>> schemas) {
    private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");

    /** The document of these operations. */
    public Map<String, Object> document(List<Described> operations, String base) {
        RecordSchema records = new RecordSchema();
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Described each : operations) {
            paths.computeIfAbsent(each.path(), path -> new LinkedHashMap<>())
                    .put(each.method().toLowerCase(Locale.ROOT), operation(each, records));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", info);
        document.put("servers", List.of(Map.of("url", base + "/")));
        document.put("paths", paths);
        document.put("components", components(records));
        document.put("tags", tags(operations));
        return document;
    }

    private static List<Map<String, String>> tags(List<Described> operations) {
        return operations.stream()
                .map(each -> each.operation().tag())
                .distinct()
                .map(tag -> Map.of("name", tag))
                .toList();
    }

    private Map<String, Object> operation(Described described, RecordSchema records) {
        Operation operation = described.operation();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("tags", List.of(operation.tag()));
        object.put("summary", operation.summary());
        object.put("operationId", operation.id());
        object.put("parameters", parameters(described));
        operation
                .body()
                .ifPresent(
                        body -> object.put("requestBody", Map.of("required", true, "content", content(body, records))));
        Map<String, Object> responses = new TreeMap<>();
        everywhere
                .keySet()
                .forEach(status ->
                        responses.put(status.toString(), Map.of("$ref", "#/components/responses/Problem" + status)));
        operation.answers().forEach((status, answer) -> responses.put(status.toString(), answer(answer, records)));
        object.put("responses", responses);
        return object;
    }

    private List<Map<String, Object>> parameters(Described described) {
        List<Map<String, Object>> all = new ArrayList<>();
        IN_PATH.matcher(described.path()).results().map(found -> found.group(1)).forEach(name -> {
            String meaning = parameters.getOrDefault(name, name);
            Map<String, Object> object = parameter(new Parameter("path", name, meaning, Map.of("type", "string")));
            object.put("required", true);
            all.add(object);
        });
        described.operation().parameters().forEach(parameter -> all.add(parameter(parameter)));
        return all;
    }

    private static Map<String, Object> parameter(Parameter parameter) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", parameter.name());
        object.put("in", parameter.in());
        object.put("description", parameter.description());
        object.put("schema", parameter.schema());
        return object;
    }

    private static Map<String, Object> answer(Answer answer, RecordSchema records) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("description", answer.description());
        if (!answer.headers().isEmpty()) {
            Map<String, Object> headers = new LinkedHashMap<>();
            answer.headers()
                    .forEach((name, meaning) ->
                            headers.put(name, Map.of("description", meaning, "schema", Map.of("type", "string"))));
            object.put("headers", headers);
        }
        answer.content().ifPresent(content -> object.put("content", content(content, records)));
        return object;
    }

    private static Map<String, Object> content(Content content, RecordSchema records) {
        Map<String, Object> byMediaType = new LinkedHashMap<>();
        content.mediaTypes()
                .forEach(type ->
                        byMediaType.put(type, Map.of("schema", content.schema().apply(records))));
        return byMediaType;
    }

    private Map<String, Object> components(RecordSchema records) {
        Map<String, Object> named = new TreeMap<>(records.all());
        schemas.forEach((name, schema) -> {
            if (named.putIfAbsent(name, schema) != null) {
                throw new IllegalArgumentException("there are two schemas " + name);
            }
        });
        named.put("Problem", problem());
        Map<String, Object> responses = new TreeMap<>();
        everywhere.forEach((status, why) -> responses.put("Problem" + status, answer(Answer.problem(why), records)));
        return Map.of("schemas", named, "responses", responses);
    }

    /** As {@code http.Problem} makes it. */
    private static Map<String, Object> problem() {
        Map<String, Object> text = Map.of("type", "string");
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("type", Map.of("type", "string", "format", "uri-reference"));
        properties.put("title", Map.of("type", "string", "description", "the status in words"));
        properties.put("status", Map.of("type", "integer"));
        properties.put("detail", Map.of("type", "string", "description", "what is wrong and what to do, for people"));
        properties.put("problems", Map.of("type", "array", "items", text, "description", "each one of several"));
        properties.put("nearest", Map.of("type", "array", "items", text, "description", "names that may be meant"));
        return Map.of(
                "type", "object", "properties", properties, "required", List.of("type", "title", "status", "detail"));
    }
}
