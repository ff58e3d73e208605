package dev.sightline.admin;

import dev.sightline.http.openapi.Content;
import dev.sightline.http.openapi.Operation;
import dev.sightline.http.openapi.Operation.Answer;
import dev.sightline.http.openapi.Operation.Parameter;
import dev.sightline.pipeline.ProcessorDescription;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the part of the control API that changes the configuration promises. */
final class ConfigurationOperations {
    /** The schemas that {@link ApiDocument} makes from a stream's settings. */
    static final String SETTINGS = "StreamSettings";

    static final String PATCH = "StreamPatch";
    static final String NEW = "NewStream";
    static final String STEPS = "Steps";

    private static final String CONFIGURATION = "configuration";
    private static final String STREAMS = "streams";
    private static final Map<String, Object> OBJECT = Map.of("type", "object");
    private static final Map<String, Object> PROFILE = Map.of(
            "type",
            "object",
            "properties",
            Map.of("profile", Map.of("type", List.of("string", "null"))),
            "required",
            List.of("profile"),
            "additionalProperties",
            false);

    private static final Map<String, Object> SOURCE = Map.of(
            "type",
            "object",
            "properties",
            Map.of("source", Map.of("type", "string")),
            "required",
            List.of("source"),
            "additionalProperties",
            false);

    private static final Parameter KEEP = new Parameter(
            "query",
            "keep",
            "whether the change is written into the configuration file too; else the next start undoes it",
            Map.of("type", "boolean", "default", false));
    private static final Parameter IF_MATCH = new Parameter(
            "header",
            "If-Match",
            "the ETag that the stream's settings must still have; * for any",
            Map.of("type", "string"));
    private static final Answer CHANGED = new Answer(
                    "The settings as they are now, secrets masked; what reads as a number is one.",
                    Optional.of(Content.json(OBJECT)),
                    Map.of())
            .withHeader("ETag", "of the settings, for If-Match");

    static final Operation READ_CONFIGURATION = Operation.of(
                    CONFIGURATION,
                    "readConfiguration",
                    "the configuration file, its problems, and the profile in force")
            .answers(Content.json(ConfigurationApi.Status.class));
    static final Operation PROBE = Operation.of(
                    CONFIGURATION, "probeSource", "tries a source before it becomes a stream, for up to 10 s")
            .takes(body(Content.json(SOURCE)))
            .answers(Content.json(Configuration.Probe.class))
            .refuses(415, "The body is not JSON.")
            .refuses(422, "The source gives no frame; the reason is in words.")
            .refuses(503, "Two sources are being tried already, or no process for it could be started.");
    static final Operation CHOOSE_PROFILE = change(CONFIGURATION, "chooseProfile", "chooses a profile; null for none")
            .takes(body(Content.json(PROFILE)))
            .answers(Content.json(ConfigurationApi.Status.class))
            .refuses(415, "The body is not JSON.");
    static final Operation LIST_PROCESSORS = Operation.of(
                    CONFIGURATION, "listProcessors", "the processors, with the JSON Schema of their parameters")
            .answers(Content.listOf(ProcessorDescription.class));

    static final Operation READ_STREAM = ofStream(Operation.of(STREAMS, "readStream", "one stream"))
            .answers(
                    200,
                    new Answer("The stream.", Optional.of(Content.json(ConfigurationApi.Read.class)), Map.of())
                            .withHeader("ETag", "of its settings, for If-Match"));
    static final Operation CREATE_STREAM = changeOfStream("createStream", "adds a stream")
            .takes(body(Content.ref(NEW)))
            .answers(201, CHANGED.withHeader("Location", "the stream's address"))
            .refuses(415, "The body is not JSON.");
    static final Operation REPLACE_STREAM = changeOfStream("replaceStream", "adds a stream, or replaces its settings")
            .takes(body(Content.ref(SETTINGS)))
            .answers(200, CHANGED)
            .refuses(415, "The body is not JSON.");
    static final Operation PATCH_STREAM = ofStream(
                    changeOfStream("patchStream", "changes some settings of a stream (JSON Merge Patch, RFC 7396)"))
            .takes(body(Content.ref(PATCH)))
            .answers(200, CHANGED)
            .refuses(415, "The body is not JSON.");
    static final Operation DELETE_STREAM =
            ofStream(changeOfStream("deleteStream", "removes a stream")).answers(204, Answer.empty("It is removed."));

    static final Operation LIST_STEPS = ofStream(Operation.of(
                    STREAMS, "listSteps", "the configured steps of its pipeline, with all their parameters"))
            .answers(Content.listOf(Step.class));
    static final Operation REPLACE_STEPS = ofStream(
                    changeOfStream("replaceSteps", "replaces the steps of its pipeline"))
            .takes(body(Content.ref(STEPS)))
            .answers(200, CHANGED)
            .refuses(415, "The body is not JSON.");
    static final Operation READ_STEP =
            ofStream(Operation.of(STREAMS, "readStep", "one step")).answers(Content.json(Step.class));
    static final Operation PATCH_STEP = ofStream(changeOfStream(
                    "patchStep", "changes some parameters of a step, or enabled, from the next frame on"))
            .takes(body(Content.json(OBJECT)))
            .answers(200, CHANGED)
            .refuses(415, "The body is not JSON.");
    static final Operation DELETE_STEP =
            ofStream(changeOfStream("deleteStep", "removes a step")).answers(200, CHANGED);

    private ConfigurationOperations() {}

    private static Operation change(String tag, String id, String summary) {
        return Operation.of(tag, id, summary)
                .with(KEEP)
                .refuses(409, "It contradicts what is there, or it cannot be kept in the file.")
                .refuses(422, "What would be configured then is wrong; nothing has changed.");
    }

    private static Operation changeOfStream(String id, String summary) {
        return change(STREAMS, id, summary)
                .with(IF_MATCH)
                .refuses(412, "The settings have changed since, or a stream to replace does not exist.");
    }

    private static Operation ofStream(Operation operation) {
        return operation.refuses(404, "There is no such stream or step.");
    }

    private static Content body(Content json) {
        return json.as("application/json", "application/merge-patch+json");
    }
}
