package dev.sightline.http;

import dev.sightline.refusal.Excerpt;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The target of a request line (RFC 9112 section 3.2), decoded.
 *
 * @param segments of the path, each decoded by itself, so that an encoded slash separates nothing
 * @param slashAtEnd whether a slash follows the last segment
 * @param query values by name
 */
record Target(List<String> segments, boolean slashAtEnd, Map<String, List<String>> query) {
    private static final int MAX_QUERY_VALUES = 64;
    /** Far more than any path here has: each costs time. */
    private static final int MAX_SEGMENTS = 64;

    private static final Pattern ABSOLUTE = Pattern.compile("^https?://[^/?]*", Pattern.CASE_INSENSITIVE);

    /**
     * Parses a request target.
     *
     * @throws ProblemException 400, if it is malformed; 414, if its path has more segments than any here
     */
    static Target of(String uri) {
        String local = uri.startsWith("/") ? uri : ABSOLUTE.matcher(uri).replaceFirst("");
        QueryStringDecoder decoder =
                new QueryStringDecoder(local, StandardCharsets.UTF_8, true, MAX_QUERY_VALUES, false);
        try {
            String path = decoder.rawPath().isEmpty() ? "/" : decoder.rawPath();
            if (path.startsWith("/")) {
                List<String> split = PathPattern.split(path);
                if (split.size() > MAX_SEGMENTS) {
                    throw new ProblemException(
                            Problem.of(414, "the request's path has more than " + MAX_SEGMENTS + " segments"));
                }
                List<String> segments = split.stream().map(Target::decoded).toList();
                return new Target(segments, !segments.isEmpty() && path.endsWith("/"), decoder.parameters());
            }
        } catch (IllegalArgumentException e) {
            // a percent sign without two digits: reported below
        }
        throw new ProblemException(Problem.of(400, "the request's address is malformed: " + Excerpt.of(uri)));
    }

    /** The decoded path. */
    String path() {
        return "/" + String.join("/", segments) + (slashAtEnd ? "/" : "");
    }

    private static String decoded(String segment) {
        return QueryStringDecoder.decodeComponent(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
