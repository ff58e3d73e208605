package dev.sightline.app;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Requests made from a description by OpenAPI: as it allows, at the edges, and wrong in many ways. The same seed makes the
 * same requests.
 */
final class ApiRequests {
    private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");
    private static final List<String> ODD_SEGMENTS = List.of(
            "%ff%fe",
            "%00",
            "..",
            "%2e%2e",
            "%2F",
            "a%2Fb",
            "%F0%9F%98%80",
            "%ED%A0%80",
            "%zz",
            "%",
            "~",
            "a b",
            "-1",
            "99999999999",
            "%0d%0aX:%20y",
            "''",
            "%22%7B%7D%22",
            "x".repeat(200),
            "x".repeat(9_000));
    private static final List<String> ODD_VALUES = List.of(
            "", "1", "TRUE", "-1", "0", "1e9", "99999999999", "%00", "%ff", "true&keep=false", "%", "x".repeat(300));
    private static final List<String> ODD_FIELDS = List.of(
            "Origin: http://elsewhere.example",
            "Sec-Fetch-Site: cross-site",
            "X-Forwarded-For: 192.0.2.7",
            "Expect: 200-ok",
            "Accept: application/openmetrics-text",
            "Accept: \u00ff\u0001",
            "X-Long: " + "y".repeat(20_000),
            "Content-Encoding: gzip",
            "Range: bytes=5-");
    private static final List<String> TYPES = List.of(
            "application/json; charset=utf-16", "APPLICATION/JSON", "text/plain", "application/xml", "json", ";", "");
    private static final List<String> TAGS =
            List.of("*", "\"x\"", "W/\"x\"", "", ",", "\u00ff", "\"" + "e".repeat(5_000) + "\"");

    private final JsonNode document;
    private final Random random;
    private final Map<String, List<String>> words;
    private final JsonSamples samples;
    private final List<Described> operations = new ArrayList<>();

    /**
     * Requests of a document.
     *
     * @param words what texts may be, by their names, and parameters in paths, by their names in braces
     */
    ApiRequests(JsonNode document, long seed, Map<String, List<String>> words) {
        this.document = document;
        this.random = new Random(seed);
        this.words = words;
        this.samples = new JsonSamples(document, random, words);
        document.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) ->
                        operations.add(new Described(method.toUpperCase(Locale.ROOT), path, operation))));
    }

    /** All operations of the document. */
    List<Described> operations() {
        return operations;
    }

    /** The same in another order each time. */
    List<Described> shuffled() {
        List<Described> shuffled = new ArrayList<>(operations);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    /** The next request of an operation: every other one is as described. */
    Sent next(Described operation) {
        boolean right = random.nextBoolean();
        List<String> fields = new ArrayList<>();
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.json().path("parameters")) {
            String name = parameter.path("name").asString();
            if (parameter.path("in").asString().equals("query") && random.nextInt(3) == 0) {
                String value = right || random.nextBoolean()
                        ? samples.valid(name, parameter.path("schema")).asString()
                        : any(ODD_VALUES);
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(value);
            } else if (parameter.path("in").asString().equals("header") && random.nextInt(4) == 0) {
                fields.add(name + ": " + (right ? "*" : any(TAGS)));
            }
        }
        if (!right && random.nextInt(4) == 0) {
            fields.add(any(ODD_FIELDS));
        }
        byte[] body = body(operation.json().path("requestBody").path("content"), right, fields);
        return new Sent(operation, path(operation.path(), right) + query, fields, body);
    }

    private String path(String template, boolean right) {
        return IN_PATH.matcher(template).replaceAll(name -> {
            List<String> known = words.getOrDefault(name.group(), List.of("1"));
            boolean odd = !right && random.nextInt(3) == 0;
            return odd ? any(ODD_SEGMENTS) : URLEncoder.encode(any(known), StandardCharsets.UTF_8);
        });
    }

    private byte[] body(JsonNode content, boolean right, List<String> fields) {
        if (content.isEmpty()) {
            return !right && random.nextInt(8) == 0 ? "{\"a\": 1}".getBytes(StandardCharsets.UTF_8) : new byte[0];
        }
        String type = any(new ArrayList<>(content.propertyNames()));
        JsonNode value = samples.valid("process", content.path(type).path("schema"));
        if (right) {
            fields.add("Content-Type: " + type);
            return JsonSamples.text(value).getBytes(StandardCharsets.UTF_8);
        }
        fields.add("Content-Type: " + (random.nextInt(8) == 0 ? any(TYPES) : type));
        return broken(samples.spoilt(value).getBytes(StandardCharsets.UTF_8));
    }

    /** Most stay JSON. */
    private byte[] broken(byte[] text) {
        return switch (random.nextInt(14)) {
            case 0 -> Arrays.copyOf(text, random.nextInt(text.length + 1));
            case 1 -> with(text, (byte) 0xff, (byte) 0xc0, (byte) 0x80);
            case 2 -> with(text, (byte) 0xed, (byte) 0xa0, (byte) 0x80);
            case 3 -> with(text, (byte) 0);
            case 4 -> random.nextInt(3) > 0 ? text : Arrays.copyOf(text, 70_000);
            case 5 -> new byte[0];
            default -> text;
        };
    }

    private byte[] with(byte[] text, byte... more) {
        int place = random.nextInt(text.length + 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(text, 0, place);
        bytes.writeBytes(more);
        bytes.write(text, place, text.length - place);
        return bytes.toByteArray();
    }

    private <T> T any(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    /**
     * An operation of the document.
     *
     * @param json its Operation Object
     */
    record Described(String method, String path, JsonNode json) {
        String id() {
            return json.path("operationId").asString();
        }

        /** The JSON pointer to its Operation Object. */
        String pointer() {
            return "/paths/" + path.replace("~", "~0").replace("/", "~1") + "/" + method.toLowerCase(Locale.ROOT);
        }
    }

    /** A request. */
    record Sent(Described operation, String target, List<String> fields, byte[] body) {
        /** As it goes over the wire; the server closes the connection after the answer. */
        byte[] bytes(String host) {
            StringBuilder head = new StringBuilder();
            head.append(operation.method())
                    .append(' ')
                    .append(target.replace(" ", "%20"))
                    .append(" HTTP/1.1\r\n");
            head.append("Host: ").append(host).append("\r\nConnection: close\r\n");
            fields.forEach(field -> head.append(field).append("\r\n"));
            if (body.length > 0) {
                head.append("Content-Length: ").append(body.length).append("\r\n");
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            bytes.writeBytes(body);
            return bytes.toByteArray();
        }

        @Override
        public String toString() {
            String all =
                    operation.method() + " " + target + " " + fields + " " + new String(body, StandardCharsets.UTF_8);
            return all.length() > 300 ? all.substring(0, 300) + "…" : all;
        }
    }
}
