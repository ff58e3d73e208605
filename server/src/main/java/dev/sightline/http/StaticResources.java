package dev.sightline.http;

import dev.sightline.refusal.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of one folder, each with a strong entity tag (RFC 9110 section 8.8.3): a browser that has a file asks whether it
 * changed, and is answered 304. Files of the class path are read once and cached, those on disk are read for each request. Safe
 * for use by any thread.
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

    /**
     * File names with a known ending, in folders without dots in their names: no path leads out of the folder. Possessive
     * groups for folders, because backtracking would use more stack the more there are.
     */
    private static final Pattern NAME =
            Pattern.compile("(?:[A-Za-z0-9_-]++/)*+[A-Za-z0-9_-][A-Za-z0-9._-]*\\.([a-z]+)");

    private final Folder folder;

    private StaticResources(Folder folder) {
        this.folder = folder;
    }

    /** The files of a folder next to a class, for example {@code web}. */
    public static StaticResources beside(Class<?> neighbour, String folder) {
        String base = neighbour.getPackageName().replace('.', '/');
        ClassLoader loader = neighbour.getClassLoader();
        Map<String, Resource> kept = new ConcurrentHashMap<>();
        return new StaticResources(name -> {
            Resource known = kept.get(name);
            return known != null
                    ? Optional.of(known)
                    : read(name, loader.getResourceAsStream(base + "/" + folder + "/" + name))
                            .map(found -> keep(kept, name, found));
        });
    }

    /** The files of a folder on disk and its subfolders, except those whose names begin with a dot. */
    public static StaticResources in(Path folder) {
        return new StaticResources(name -> {
            Path file = folder.resolve(name);
            return Files.isRegularFile(file) ? read(name, Files.newInputStream(file)) : Optional.empty();
        });
    }

    /** Answers with a file: 200, or 304 if the request has it already, or 404. */
    public Response serve(Request request, String name) {
        return answer(request, existing(name));
    }

    /** Answers with a text file that is filled in first. */
    public Response serve(Request request, String name, UnaryOperator<String> filling) {
        Resource file = existing(name);
        String filled = filling.apply(new String(file.bytes, StandardCharsets.UTF_8));
        return answer(request, Resource.of(file.type, filled.getBytes(StandardCharsets.UTF_8)));
    }

    /** The bytes of a file. */
    public Optional<byte[]> bytes(String name) {
        return find(name).map(resource -> resource.bytes.clone());
    }

    private Resource existing(String name) {
        return find(name)
                .orElseThrow(
                        () -> new ProblemException(Problem.of(404, "there is no '" + Excerpt.of(name) + "' here")));
    }

    private static Response answer(Request request, Resource resource) {
        Response response = request.headers().all("If-None-Match").stream().anyMatch(resource::isIn)
                ? Response.empty(304)
                : Response.bytes(resource.type, resource.bytes).withHeader("X-Content-Type-Options", "nosniff");
        return response.withHeader("ETag", resource.tag).withHeader("Cache-Control", "no-cache");
    }

    private Optional<Resource> find(String name) {
        if (type(name).isEmpty()) {
            return Optional.empty();
        }
        try {
            return folder.find(name);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Resource> read(String name, @Nullable InputStream stream) throws IOException {
        try (InputStream in = stream) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            return type(name).map(type -> Resource.of(type, bytes));
        }
    }

    private static Resource keep(Map<String, Resource> kept, String name, Resource found) {
        kept.put(name, found);
        return found;
    }

    /** The media type of a file, if its name may be served. */
    private static Optional<String> type(String name) {
        var matcher = NAME.matcher(name);
        return matcher.matches() ? Optional.ofNullable(TYPES.get(matcher.group(1))) : Optional.empty();
    }

    /** Finds files by names that {@link #type} accepts. */
    @FunctionalInterface
    private interface Folder {
        Optional<Resource> find(String name) throws IOException;
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

        /** Whether an If-None-Match field matches this file (RFC 9110 section 13.1.2). */
        boolean isIn(String field) {
            return field.trim().equals("*") || CommaSeparated.of(field).stream().anyMatch(this::isMeantBy);
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
