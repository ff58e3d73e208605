package dev.sightline.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Judges a document of OpenAPI 3.1 and values that it describes, by Hyperjump's JSON Schema and the meta-schema of the
 * standard, in Node.js. Objects may have no members but those described.
 */
public final class OpenApiValidator {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SCRIPT = """
            import { readFileSync, writeFileSync } from 'node:fs';
            import { pathToFileURL } from 'node:url';
            import { setShouldValidateFormat, validate } from '@hyperjump/json-schema/openapi-3-1';
            import '@hyperjump/json-schema/formats';

            const { document, values } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
            // A schema is compiled once, and what is wrong is gathered only where something is.
            const compiled = new Map();
            const judge = async (what, schema, value) => {
                if (!compiled.has(schema)) compiled.set(schema, await validate(schema));
                if (compiled.get(schema)(value).valid) return;
                const { errors } = await validate(schema, value, 'BASIC');
                const places = errors.map((each) => `${each.instanceLocation} breaks ${each.absoluteKeywordLocation}`);
                console.log(`${what}: ${places.slice(0, 4).join(', ')}`);
            };
            await judge('the document', 'https://spec.openapis.org/oas/3.1/schema-base', document);
            for (const schema of Object.values(document.components.schemas)) {
                if (schema.properties) {
                    schema.additionalProperties ??= false;
                }
            }
            setShouldValidateFormat(true);
            const file = process.argv[2].replace(/json$/, 'openapi.json');
            writeFileSync(file, JSON.stringify(document));
            for (const { what, schema, value } of values) {
                await judge(what, `${pathToFileURL(file)}#${encodeURI(schema)}`, value);
            }
            console.log('judged');
            """;

    private final JsonNode document;
    private final ArrayNode values = JSON.createArrayNode();

    /** Judges this document. */
    public OpenApiValidator(JsonNode document) {
        this.document = document;
    }

    /**
     * Judges a value too.
     *
     * @param what names it in what is wrong
     * @param schema the JSON pointer to its schema in the document
     */
    public void add(String what, String schema, JsonNode value) {
        ObjectNode added = values.addObject();
        added.put("what", what).put("schema", schema).set("value", value);
    }

    /** What is wrong; empty if nothing is. */
    public List<String> faults() {
        Path home = NodePackages.install(
                Path.of("openapi-validator"), "@hyperjump/json-schema@1.18.0", "@hyperjump/browser@1.5.0");
        ObjectNode input = JSON.createObjectNode();
        input.set("document", document);
        input.set("values", values);
        try {
            Path script = Files.writeString(Files.createTempFile(home, "validate", ".mjs"), SCRIPT);
            // Half a surrogate pair, which JSON allows, becomes a question mark.
            byte[] json = input.toString().getBytes(StandardCharsets.UTF_8);
            Path file = Files.write(Files.createTempFile(home, "input", ".json"), json);
            return run(NodePackages.node(), script.toString(), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new ArrayList<>(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList());
        if (!lines.remove("judged")) {
            throw new AssertionError("the validator failed: " + lines);
        }
        return lines;
    }
}
