package dev.sightline.admin;

import static dev.sightline.admin.ConfigurationOperations.CHOOSE_PROFILE;
import static dev.sightline.admin.ConfigurationOperations.CREATE_STREAM;
import static dev.sightline.admin.ConfigurationOperations.DELETE_STEP;
import static dev.sightline.admin.ConfigurationOperations.DELETE_STREAM;
import static dev.sightline.admin.ConfigurationOperations.LIST_PROCESSORS;
import static dev.sightline.admin.ConfigurationOperations.LIST_STEPS;
import static dev.sightline.admin.ConfigurationOperations.PATCH_STEP;
import static dev.sightline.admin.ConfigurationOperations.PATCH_STREAM;
import static dev.sightline.admin.ConfigurationOperations.READ_CONFIGURATION;
import static dev.sightline.admin.ConfigurationOperations.READ_STEP;
import static dev.sightline.admin.ConfigurationOperations.READ_STREAM;
import static dev.sightline.admin.ConfigurationOperations.REPLACE_STEPS;
import static dev.sightline.admin.ConfigurationOperations.REPLACE_STREAM;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sightline.access.Access;
import dev.sightline.access.Action;
import dev.sightline.admin.Configuration.Change;
import dev.sightline.admin.Configuration.Edit;
import dev.sightline.admin.Configuration.Settings;
import dev.sightline.http.Need;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.http.Request;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.http.openapi.Operation;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.status.StreamStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The part of the control API that changes what is configured. */
final class ConfigurationApi {
    private static final String STREAM = "/api/streams/{name}";
    private static final String STEP = STREAM + "/process/{step}";

    private final StreamRegistry streams;
    private final Configuration configuration;

    ConfigurationApi(StreamRegistry streams, Configuration configuration) {
        this.streams = streams;
        this.configuration = configuration;
    }

    void addTo(Routes routes) {
        routes.needs("/api/config", Need.admin())
                .needs("GET", "/api/config", Need.login())
                .needs("/api/processors", Need.login())
                .needs("POST", "/api/streams", Need.admin())
                .needs(STREAM, Need.control("name"))
                .needs("GET", STREAM, Need.watch("name"))
                .needs("PUT", STREAM, Need.admin())
                .needs("DELETE", STREAM, Need.admin())
                .needs(STREAM + "/process", Need.control("name"))
                .needs("GET", STREAM + "/process", Need.watch("name"))
                .needs(STEP, Need.control("name"))
                .needs("GET", STEP, Need.watch("name"));
        routes.get("/api/config", READ_CONFIGURATION, request -> Api.fresh(Response.json(status(request))));
        routes.get("/api/processors", LIST_PROCESSORS, request -> Api.fresh(Response.json(configuration.processors())));
        routes.get(STREAM, READ_STREAM, this::read);
        routes.get(STREAM + "/process", LIST_STEPS, request -> Api.fresh(Response.json(steps(request))));
        routes.get(STEP, READ_STEP, request -> Api.fresh(Response.json(step(request))));
        change(routes, "PATCH", "/api/config", CHOOSE_PROFILE, request -> new Edit.Profile(profile(request)));
        change(routes, "POST", "/api/streams", CREATE_STREAM, ConfigurationApi::created);
        change(routes, "PUT", STREAM, REPLACE_STREAM, request -> new Edit.Replace(name(request), body(request)));
        change(routes, "PATCH", STREAM, PATCH_STREAM, request -> new Edit.Patch(name(request), body(request)));
        change(routes, "DELETE", STREAM, DELETE_STREAM, request -> new Edit.Delete(name(request)));
        change(routes, "PUT", STREAM + "/process", REPLACE_STEPS, ConfigurationApi::replacedSteps);
        change(
                routes,
                "PATCH",
                STEP,
                PATCH_STEP,
                request -> new Edit.PatchStep(name(request), request.parameter("step"), body(request)));
        change(
                routes,
                "DELETE",
                STEP,
                DELETE_STEP,
                request -> new Edit.DeleteStep(name(request), request.parameter("step")));
    }

    /** Of a file, its problems and other streams, only those are told who may do everything. */
    private Status status(Request request) {
        Access access = request.access();
        Configuration.Status all = configuration.status();
        if (access.isAdmin()) {
            return new Status(all, LocalOnly.refusal(request));
        }
        Configuration.Status own = new Configuration.Status(
                Optional.empty(),
                all.revision(),
                all.since(),
                all.profile(),
                all.profiles(),
                all.unkept().stream().filter(access::sees).toList(),
                List.of(),
                List.of());
        return new Status(own, Optional.of("this login may not change what concerns all streams"));
    }

    private Response read(Request request) throws RefusedException {
        StreamStatus status = streams.find(name(request)).status();
        Optional<Settings> settings = configuration.stream(name(request))
                .filter(found -> request.access().may(Action.CONTROL, name(request)));
        Read read = new Read(status, settings.map(Settings::members));
        Response answer = Api.fresh(Response.json(read));
        return settings.map(found -> answer.withHeader("ETag", found.tag())).orElse(answer);
    }

    private List<Step> steps(Request request) throws RefusedException {
        return Step.of(
                streams.find(name(request)).status().processing().processors(), configuration.steps(name(request)));
    }

    private Step step(Request request) throws RefusedException {
        String wanted = request.parameter("step");
        return steps(request).stream()
                .filter(step -> step.status().name().equals(wanted)
                        || Integer.toString(step.index()).equals(wanted))
                .findFirst()
                .orElseThrow(
                        () -> new ProblemException(Problem.of(404, "stream '" + name(request) + "' has no such step")));
    }

    private void change(Routes routes, String method, String path, Operation operation, Function<Request, Edit> edit) {
        routes.later(method, path, request -> {
            LocalOnly.check(request);
            checkSource(request);
            Change change = new Change(edit.apply(request), ifMatch(request), keep(request));
            return configuration.change(change).thenApply(done -> changed(change.edit()));
        });
        routes.describe(method, path, operation);
    }

    /** Where frames come from, what the server reads, and what it writes, is for those who may do everything. */
    private static void checkSource(Request request) {
        if (request.access().isAdmin()) {
            return;
        }
        boolean source = request.method().equals("PATCH")
                && !request.path().contains("/process")
                && body(request).containsKey("source");
        if (source || keep(request)) {
            throw new ProblemException(Problem.of(
                    403,
                    "this needs the right 'admin': " + (source ? "it changes the source" : "keep=true writes a file")));
        }
    }

    private Response changed(Edit edit) {
        if (edit instanceof Edit.Delete) {
            return Response.empty(204);
        }
        if (edit instanceof Edit.Profile) {
            return Api.fresh(Response.json(new Status(configuration.status(), Optional.empty())));
        }
        String stream = ((Edit.OfStream) edit).stream();
        Optional<Settings> settings = configuration.stream(stream);
        Response answer =
                Api.fresh(Response.json(settings.map(Settings::members).orElse(Map.of())));
        Response tagged =
                settings.map(found -> answer.withHeader("ETag", found.tag())).orElse(answer);
        return edit instanceof Edit.Create
                ? tagged.withStatus(201).withHeader("Location", "/api/streams/" + stream)
                : tagged;
    }

    private static String name(Request request) {
        return request.parameter("name");
    }

    private static Edit created(Request request) {
        Map<String, Object> settings = new LinkedHashMap<>(body(request));
        Object name = settings.remove("name");
        if (!(name instanceof String text)) {
            throw new ProblemException(Problem.of(422, "the body has no 'name' for the stream"));
        }
        return new Edit.Create(text, settings);
    }

    private static Edit replacedSteps(Request request) {
        return new Edit.Patch(name(request), Map.of("process", json(request, List.class, "a list of steps")));
    }

    private static String profile(Request request) {
        Map<String, Object> body = body(request);
        Object profile = body.get("profile");
        if (body.size() != 1 || !(body.containsKey("profile") && (profile == null || profile instanceof String))) {
            throw new ProblemException(Problem.of(
                    422,
                    "the body is {\"profile\": \"NAME\"}, or null for none; the rest of the configuration"
                            + " is changed by its streams, or in the file"));
        }
        return profile == null ? "" : (String) profile;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> body(Request request) {
        return (Map<String, Object>) json(request, Map.class, "an object");
    }

    private static <T> T json(Request request, Class<T> type, String expected) {
        String media =
                request.header("Content-Type").orElse("").split(";", 2)[0].strip();
        if (!media.equalsIgnoreCase("application/json") && !media.equalsIgnoreCase("application/merge-patch+json")) {
            throw new ProblemException(
                    Problem.of(415, "send " + expected + " as JSON, with Content-Type: application/json"));
        }
        Object body = request.json(Object.class);
        if (!type.isInstance(body)) {
            throw new ProblemException(
                    Problem.of(422, "the body is " + expected + " in JSON, and this is something else"));
        }
        return type.cast(body);
    }

    private static Optional<String> ifMatch(Request request) {
        return request.header("If-Match");
    }

    private static boolean keep(Request request) {
        Optional<String> keep = request.query("keep");
        if (keep.isPresent() && !List.of("true", "false", "").contains(keep.get())) {
            throw new ProblemException(Problem.of(400, "keep is true or false"));
        }
        return keep.isPresent() && !keep.get().equals("false");
    }

    /**
     * What is in force, for one client.
     *
     * @param status the same for all
     * @param readOnly why this client may change nothing; empty if it may
     */
    @JsonTypeName("Configuration")
    record Status(@JsonUnwrapped Configuration.Status status, Optional<String> readOnly) {}

    /**
     * A stream with its settings.
     *
     * @param status how it is doing
     * @param settings as configured
     */
    @JsonTypeName("Stream")
    record Read(@JsonUnwrapped StreamStatus status, Optional<Map<String, Object>> settings) {}
}
