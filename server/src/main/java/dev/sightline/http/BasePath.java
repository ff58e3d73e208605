package dev.sightline.http;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The path below which a reverse proxy shows this server, {@code /cams}; empty for a site of its own. Requests may come with it or
 * without, as the proxy passes them on. Immutable.
 *
 * @param path begins with a slash and does not end with one, or is empty
 */
record BasePath(String path) {
    static final BasePath NONE = new BasePath("");

    private static final Pattern FORM = Pattern.compile("(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,63}){0,8}/?");

    /** The base path that is written so, with or without a slash at its end; empty if it cannot be one. */
    static Optional<BasePath> of(String written) {
        return FORM.matcher(written).matches()
                ? Optional.of(new BasePath(written.replaceFirst("/$", "")))
                : Optional.empty();
    }

    /** The target without this path, if it begins with it. */
    Target without(Target target) {
        List<String> base = segments();
        boolean under = !base.isEmpty()
                && target.segments().size() >= base.size()
                && target.segments().subList(0, base.size()).equals(base);
        return under
                ? new Target(
                        target.segments().subList(base.size(), target.segments().size()),
                        target.slashAtEnd() && target.segments().size() > base.size(),
                        target.query())
                : target;
    }

    /** Whether a target is the base path without the slash at its end, relative to which a page would not find its files. */
    boolean isUnfinished(Target target) {
        return !path.isEmpty() && !target.slashAtEnd() && target.segments().equals(segments());
    }

    /** The last segment with a slash, to go there from where it is missing. */
    String finish() {
        return path.substring(path.lastIndexOf('/') + 1) + "/";
    }

    /** An address of this server as its clients see it; others stay as they are. */
    String before(String location) {
        return location.startsWith("/") && !location.startsWith("//") ? path + location : location;
    }

    private List<String> segments() {
        return PathPattern.split(path.isEmpty() ? "/" : path);
    }
}
