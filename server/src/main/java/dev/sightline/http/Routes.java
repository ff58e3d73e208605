package dev.sightline.http;

import dev.sightline.http.openapi.Described;
import dev.sightline.http.openapi.Operation;
import dev.sightline.http.websocket.WebSocketOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Maps methods and paths to handlers. A path has literal segments, {@code {name}} for one segment, and at its end {@code
 * {name...}} for the rest; if several match, literal wins. GET serves HEAD too, and OPTIONS is answered for all. Filled before
 * the server starts, by one thread.
 */
public final class Routes {
    /** The longest request body by default. */
    public static final int DEFAULT_MAX_BODY_BYTES = 64 * 1024;

    /** Stands for a WebSocket among the methods; no HTTP method is in lower case. */
    static final String WEB_SOCKET = "websocket";

    private static final String ANY_METHOD = "*";
    /** Where those stand in the index that begin with a parameter. */
    private static final String ANY_SEGMENT = "/";

    private final Map<PathPattern, Map<String, Route>> routes = new HashMap<>();
    /** By their first segment; those that begin with a parameter under none. */
    private final Map<String, List<PathPattern>> index = new HashMap<>();

    private final Map<PathPattern, Headers> onOptions = new HashMap<>();
    private final Set<PathPattern> overPlainHttpToo = new HashSet<>();
    private final Map<PathPattern, Sharing> shared = new HashMap<>();
    private final Map<String, Described> described = new LinkedHashMap<>();
    private final Map<PathPattern, Map<String, Need>> needs = new HashMap<>();
    private final Map<PathPattern, Set<String>> waits = new HashMap<>();

    public Routes() {}

    /** Serves GET and HEAD. */
    public Routes get(String path, Handler handler) {
        return route("GET", path, 0, handler);
    }

    /** The same, described for programs. */
    public Routes get(String path, Operation operation, Handler handler) {
        return get(path, handler).describe("GET", path, operation);
    }

    /** Serves POST with a body of up to {@link #DEFAULT_MAX_BODY_BYTES}. */
    public Routes post(String path, Handler handler) {
        return route("POST", path, DEFAULT_MAX_BODY_BYTES, handler);
    }

    /** Serves PATCH with a body of up to {@link #DEFAULT_MAX_BODY_BYTES}. */
    public Routes patch(String path, Handler handler) {
        return route("PATCH", path, DEFAULT_MAX_BODY_BYTES, handler);
    }

    /** Serves DELETE. */
    public Routes delete(String path, Handler handler) {
        return route("DELETE", path, DEFAULT_MAX_BODY_BYTES, handler);
    }

    /** The same, described for programs. */
    public Routes delete(String path, Operation operation, Handler handler) {
        return delete(path, handler).describe("DELETE", path, operation);
    }

    /** Serves any method; a body longer than {@code maxBodyBytes} is answered 413 without reading it. */
    public Routes route(String method, String path, int maxBodyBytes, Handler handler) {
        return add(method, path, new Route.Plain(maxBodyBytes, handler));
    }

    /** Serves the files of a folder under a path. */
    public Routes resources(String path, StaticResources resources) {
        String folder = path.endsWith("/") ? path : path + "/";
        return get(folder + "{resource...}", request -> resources.serve(request, request.parameter("resource")));
    }

    /** The same for those who may. */
    public Routes resources(String path, StaticResources resources, Need need) {
        String folder = path.endsWith("/") ? path : path + "/";
        return resources(path, resources).needs(folder + "{resource...}", need);
    }

    /** Serves one file of a folder at a path. */
    public Routes resource(String path, StaticResources resources, String name) {
        return get(path, request -> resources.serve(request, name));
    }

    /** Serves GET and HEAD step by step. */
    public Routes streamed(String path, StreamedHandler handler) {
        return streamed("GET", path, 0, handler);
    }

    /** Serves any method step by step. */
    public Routes streamed(String method, String path, int maxBodyBytes, StreamedHandler handler) {
        return streamed(method, path, query -> maxBodyBytes, handler);
    }

    /**
     * Serves any method step by step.
     *
     * @param maxBodyBytes the longest body, by the request's query
     */
    public Routes streamed(
            String method,
            String path,
            ToIntFunction<Map<String, List<String>>> maxBodyBytes,
            StreamedHandler handler) {
        return add(method, path, new Route.Streamed(maxBodyBytes, handler));
    }

    /** Serves any method with a body of up to {@link #DEFAULT_MAX_BODY_BYTES}, by the work of another thread. */
    public Routes later(String method, String path, LaterHandler handler) {
        return streamed(method, path, DEFAULT_MAX_BODY_BYTES, new LaterAnswer(handler));
    }

    /** Serves WebSockets; other methods may be served at the same path. */
    public Routes webSocket(String path, WebSocketOptions options, WebSocketHandler handler) {
        return webSocket(path, request -> options, handler);
    }

    /** Serves WebSockets with options that depend on the opening request. */
    public Routes webSocket(String path, Function<Request, WebSocketOptions> options, WebSocketHandler handler) {
        return add(WEB_SOCKET, path, new Route.Socket(options, handler));
    }

    /** Serves a path over plain HTTP too if the server uses TLS, which redirects all else to HTTPS. */
    public Routes overPlainHttpToo(String path) {
        overPlainHttpToo.add(PathPattern.of(path));
        return this;
    }

    /** Sets what pages of other origins may do with a path: {@link Sharing#OWN nothing} by default. */
    public Routes shared(String path, Sharing sharing) {
        shared.put(PathPattern.of(path), sharing);
        return this;
    }

    /** States what all methods of a path need that state nothing of their own; without this they need {@link Need#admin}. */
    public Routes needs(String path, Need need) {
        return needs(ANY_METHOD, path, need);
    }

    /** States what one method of a path needs; a WebSocket's is {@code websocket}. */
    public Routes needs(String method, String path, Need need) {
        needs.computeIfAbsent(PathPattern.of(path), key -> new HashMap<>()).put(method, need);
        return this;
    }

    /** Says that requests of a method wait on purpose, as long polls do: their time tells nothing. */
    public Routes waits(String method, String path) {
        waits.computeIfAbsent(PathPattern.of(path), key -> new HashSet<>()).add(method);
        return this;
    }

    /** Adds header fields, such as Accept-Post, to the answer to OPTIONS. */
    public Routes onOptions(String path, Headers more) {
        onOptions.put(PathPattern.of(path), more);
        return this;
    }

    /**
     * Describes a route for programs that read the API's description.
     *
     * @throws IllegalArgumentException if there is no such route
     */
    public Routes describe(String method, String path, Operation operation) {
        if (!routes.getOrDefault(PathPattern.of(path), Map.of()).containsKey(method)) {
            throw new IllegalArgumentException("there is no route for " + method + " " + path);
        }
        described.put(method + " " + path, new Described(method, path, operation));
        return this;
    }

    /** The routes that are described, in the order in which they were. */
    public List<Described> described() {
        return List.copyOf(described.values());
    }

    /** Every route's method and path, {@code GET /live/{name}/jpeg}; a WebSocket's method is {@code websocket}. */
    public Stream<String> addresses() {
        return routes.entrySet().stream()
                .flatMap(entry -> entry.getValue().keySet().stream()
                        .map(method -> method + " " + entry.getKey().path()));
    }

    /** Every route with what it states to need; empty where it states nothing. */
    public Stream<Row> rows() {
        return routes.entrySet().stream()
                .flatMap(entry -> entry.getValue().keySet().stream()
                        .map(method -> new Row(method, entry.getKey().path(), stated(entry.getKey(), method))));
    }

    private Optional<Need> stated(PathPattern path, String method) {
        Map<String, Need> here = needs.getOrDefault(path, Map.of());
        return Optional.ofNullable(here.getOrDefault(method, here.get(ANY_METHOD)));
    }

    /** Adds other routes for methods and paths that have none yet. */
    public Routes orElse(Routes others) {
        others.routes.forEach((path, methods) -> {
            Map<String, Route> here = methods(path);
            methods.forEach(here::putIfAbsent);
        });
        others.onOptions.forEach(onOptions::putIfAbsent);
        overPlainHttpToo.addAll(others.overPlainHttpToo);
        others.shared.forEach(shared::putIfAbsent);
        others.described.forEach(described::putIfAbsent);
        others.waits.forEach(waits::putIfAbsent);
        others.needs.forEach((path, methods) -> {
            Map<String, Need> here = needs.computeIfAbsent(path, key -> new HashMap<>());
            methods.forEach(here::putIfAbsent);
        });
        return this;
    }

    /** The routes of a path, by method; empty if there are none. */
    Optional<Match> find(List<String> segments) {
        String first = segments.isEmpty() ? ANY_SEGMENT : segments.get(0);
        PathPattern best = closest(index.getOrDefault(first, List.of()), segments);
        if (best == null) {
            best = closest(index.getOrDefault(ANY_SEGMENT, List.of()), segments);
        }
        return Optional.ofNullable(best).map(pattern -> match(pattern, segments));
    }

    private static @Nullable PathPattern closest(List<PathPattern> patterns, List<String> segments) {
        PathPattern best = null;
        for (PathPattern pattern : patterns) {
            if (pattern.matches(segments) && (best == null || pattern.isCloserThan(best))) {
                best = pattern;
            }
        }
        return best;
    }

    private Match match(PathPattern pattern, List<String> segments) {
        return new Match(
                pattern,
                pattern.parameters(segments),
                routes.getOrDefault(pattern, Map.of()),
                onOptions.getOrDefault(pattern, Headers.NONE),
                overPlainHttpToo.contains(pattern),
                shared.getOrDefault(pattern, Sharing.OWN),
                needs.getOrDefault(pattern, Map.of()),
                waits.getOrDefault(pattern, Set.of()));
    }

    private Routes add(String method, String path, Route route) {
        if (methods(PathPattern.of(path)).putIfAbsent(method, route) != null) {
            throw new IllegalArgumentException("there is a route for " + method + " " + path + " already");
        }
        return this;
    }

    private Map<String, Route> methods(PathPattern path) {
        return routes.computeIfAbsent(path, added -> {
            String first = added.literalStart().orElse(ANY_SEGMENT);
            index.computeIfAbsent(first, key -> new ArrayList<>()).add(added);
            return new HashMap<>();
        });
    }

    /**
     * One route.
     *
     * @param method {@code websocket} for a WebSocket
     * @param path with its {@code {name}}s
     * @param need what it states to need
     */
    public record Row(String method, String path, Optional<Need> need) {}

    /** The routes of a path, by method, with the path's parameters. */
    record Match(
            PathPattern pattern,
            Map<String, String> parameters,
            Map<String, Route> methods,
            Headers onOptions,
            boolean overPlainHttpToo,
            Sharing sharing,
            Map<String, Need> needs,
            Set<String> waits) {

        Optional<Route> route(String method) {
            Route route = methods.get(method);
            return Optional.ofNullable(route == null && method.equals("HEAD") ? methods.get("GET") : route);
        }

        /** What a request of a method needs. */
        Need need(String method) {
            Need fallback = needs.getOrDefault(ANY_METHOD, Need.admin());
            Need need = needs.get(method);
            return need == null && method.equals("HEAD")
                    ? needs.getOrDefault("GET", fallback)
                    : need == null ? fallback : need;
        }

        /** The methods for the Allow header field. */
        List<String> allowed() {
            Set<String> allowed = new TreeSet<>(methods.keySet());
            if (allowed.remove(WEB_SOCKET) || allowed.contains("GET")) {
                allowed.add("GET");
            }
            if (methods.containsKey("GET")) {
                allowed.add("HEAD");
            }
            allowed.add("OPTIONS");
            return new ArrayList<>(allowed);
        }
    }
}
