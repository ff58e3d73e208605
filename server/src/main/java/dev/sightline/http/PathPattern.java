package dev.sightline.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The path of a route: literal segments, {@code {name}} for any one segment, and at the end {@code {name...}} for any number of
 * them. A slash at the end makes no difference.
 */
record PathPattern(List<String> segments) {

    static PathPattern of(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a route's path begins with a slash, this does not: " + path);
        }
        return new PathPattern(split(path));
    }

    /** As it was written, without a slash at the end. */
    String path() {
        return "/" + String.join("/", segments);
    }

    /** The segments of a path. */
    static List<String> split(String path) {
        String inner = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return inner.isEmpty() ? List.of() : List.of(inner.substring(1).split("/", -1));
    }

    /** Its first segment, if that is no parameter. */
    Optional<String> literalStart() {
        return segments.isEmpty() || isParameter(segments.get(0)) ? Optional.empty() : Optional.of(segments.get(0));
    }

    /** Whether this pattern matches the decoded segments of a path. */
    boolean matches(List<String> path) {
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (isRest(segment)) {
                return true;
            }
            if (i >= path.size() || !isParameter(segment) && !segment.equals(path.get(i))) {
                return false;
            }
        }
        return path.size() == segments.size();
    }

    /** The parameters in a path that matches. */
    Map<String, String> parameters(List<String> path) {
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (isRest(segment)) {
                parameters.put(name(segment), String.join("/", path.subList(Math.min(i, path.size()), path.size())));
            } else if (isParameter(segment)) {
                parameters.put(name(segment), path.get(i));
            }
        }
        return parameters;
    }

    /** Whether this pattern is more specific than another that matches too: literal before parameter before rest. */
    boolean isCloserThan(PathPattern other) {
        for (int i = 0; i < Math.min(segments.size(), other.segments.size()); i++) {
            int difference = looseness(segments.get(i)) - looseness(other.segments.get(i));
            if (difference != 0) {
                return difference < 0;
            }
        }
        return segments.size() > other.segments.size();
    }

    private static int looseness(String segment) {
        return isRest(segment) ? 2 : isParameter(segment) ? 1 : 0;
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    private static boolean isRest(String segment) {
        return isParameter(segment) && segment.endsWith("...}");
    }

    private static String name(String segment) {
        return segment.substring(1, segment.length() - (isRest(segment) ? 4 : 1));
    }
}
