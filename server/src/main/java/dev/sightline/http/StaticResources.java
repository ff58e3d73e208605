package dev.sightline.http;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The files of one folder on the class path, each with a strong entity tag (RFC 9110 section 8.8.3): a browser that has
 * a file asks whether it changed, and is answered 304. Files are read once and kept. Safe for use by any thread.
 */
public final class StaticResources {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("ico", "image/vnd.microsoft.icon"));

    /** Names of files with a known ending, in folders whose names hold no dot: no way leads out of the folder. */
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9_-]+/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\\.([a-z]+)");

    private final ClassLoader loader;
    private final String folder;
    private final Map<String, Resource> read = new ConcurrentHashMap<>();

    private StaticResources(ClassLoader loader, String folder) {
        this.loader = loader;
        this.folder = folder;
    }

    /** The files of a folder that lies beside a class, for example {@code web}. */
    public static StaticResources beside(Class<?> neighbour, String folder) {
        String base = neighbour.getPackageName().replace('.', '/');
        return new StaticResources(neighbour.getClassLoader(), base + "/" + folder + "/");
    }

    /** A file as an answer: 200, or 304 if the request says that it has it, or 404. */
    public Response serve(Request request, String name) {
        Resource resource =
                find(name).orElseThrow(() -> new ProblemException(Problem.of(404, "there is no '" + name + "' here")));
        Response response = request.headers().all("If-None-Match").stream().anyMatch(resource::isIn)
                ? Response.empty(304)
                : Response.bytes(resource.type, resource.bytes).withHeader("X-Content-Type-Options", "nosniff");
        return response.withHeader("ETag", resource.tag).withHeader("Cache-Control", "no-cache");
    }

    /** The text of a file, for pages that are filled in before they are served. */
    public Optional<byte[]> bytes(String name) {
        return find(name).map(resource -> resource.bytes.clone());
    }

    private Optional<Resource> find(String name) {
        Resource known = read.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Resource> found = load(name);
        found.ifPresent(resource -> read.put(name, resource));
        return found;
    }

    private Optional<Resource> load(String name) {
        var matcher = NAME.matcher(name);
        if (!matcher.matches() || !TYPES.containsKey(matcher.group(2))) {
            return Optional.empty();
        }
        try (InputStream in = loader.getResourceAsStream(folder + name)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(Resource.of(TYPES.get(matcher.group(2)), in.readAllBytes()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** One file. */
    private static final class Resource {
        final String type;
        final byte[] bytes;
        final String tag;

        private Resource(String type, byte[] bytes, String tag) {
            this.type = type;
            this.bytes = bytes;
            this.tag = tag;
        }

        static Resource of(String type, byte[] bytes) {
            byte[] digest = Arrays.copyOf(sha256(bytes), 12);
            return new Resource(type, bytes, '"' + Base64.getUrlEncoder().encodeToString(digest) + '"');
        }

        /** Whether an If-None-Match field names this file as it is (RFC 9110 section 13.1.2). */
        boolean isIn(String field) {
            return field.trim().equals("*")
                    || List.of(field.split(",")).stream().map(String::trim).anyMatch(this::isMeantBy);
        }

        private boolean isMeantBy(String other) {
            return other.equals(tag) || other.equals("W/" + tag);
        }

        private static byte[] sha256(byte[] bytes) {
            try {
                return MessageDigest.getInstance("SHA-256").digest(bytes);
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java has SHA-256", e);
            }
        }
    }
}
