package dev.sightline.config.yaml;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Node;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.config.YamlReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Changes a configuration's text in place: comments, blank lines, order, quotes and line ends of everything that is not
 * changed stay as they are. Immutable.
 *
 * <p>Paths have the keys of mappings; numbers count the items of lists from 0. Nothing is filled in from the environment: an
 * existing <code>${NAME}</code> is text here, while one in a value that is set means these characters and is escaped.
 *
 * <p>Every result is read again. If it does not say what was wanted, or if an alias or another notation stands in the way, the
 * change is refused with the place to edit by hand.
 */
public final class YamlEditor {
    private static final int LONGEST_PATH = 50;

    private final String text;
    private final String file;
    private final Node content;

    private YamlEditor(String text, String file, Node content) {
        this.text = text;
        this.file = file;
        this.content = content;
    }

    /**
     * An editor of this text.
     *
     * @param file the text's name in messages
     * @throws ConfigException if the text is not YAML, or not one document whose keys and aliases are clear
     */
    public static YamlEditor of(String text, String file) {
        Problems problems = new Problems();
        Node content = YamlReader.asWritten(text, file, problems);
        problems.throwIfAny();
        return new YamlEditor(text, file, content);
    }

    /**
     * The text with this value at the path; keys on the path that are missing are added. Of a mapping or list that is there
     * already, only what differs is changed; scalars that mean the same keep their notation.
     *
     * @param value a String, Number or Boolean, or a Map from String or a List of such values; a {@link Node} among them is meant
     *     as it is written, with its references
     * @throws ConfigException if the value cannot be set there; the message says where to edit by hand
     */
    public YamlEditor set(List<String> path, Object value) {
        checkLength(path);
        return changed(Content.with(content, path, value), path);
    }

    /**
     * The text without the entry or item at the path; the same if there is none.
     *
     * @param path at least one key
     * @throws ConfigException if it cannot be removed; the message says where to edit by hand
     */
    public YamlEditor remove(List<String> path) {
        checkLength(path);
        if (path.isEmpty()) {
            throw new ConfigException("a path to remove has at least one key");
        }
        return changed(Content.without(content, path), path);
    }

    /** The text as it is now. */
    public String text() {
        return text;
    }

    private static void checkLength(List<String> path) {
        if (path.size() > LONGEST_PATH) {
            throw new ConfigException("a path has at most " + LONGEST_PATH + " keys");
        }
    }

    private YamlEditor changed(Node wanted, List<String> path) {
        if (Content.same(content, wanted)) {
            return this;
        }
        Place place = content.below(path.toArray(String[]::new)).place();
        boolean open = !text.isEmpty() && !text.endsWith("\n") && !text.endsWith("\r");
        String newline = open ? YamlLines.newline(text) : "";
        return YamlDifference.applied(text + newline, file, content, wanted).stream()
                .flatMap(changed -> Stream.of(withoutEnd(changed, newline), changed))
                .flatMap(changed -> checked(changed, wanted).stream())
                .findFirst()
                .orElseThrow(
                        () -> YamlLines.refusal(place, "this cannot be changed without harm to what surrounds it"));
    }

    private static String withoutEnd(String text, String newline) {
        return text.endsWith(newline) ? text.substring(0, text.length() - newline.length()) : text;
    }

    /** The safety net: a text that says something else, or nothing, is worse than none. */
    private Optional<YamlEditor> checked(String changed, Node wanted) {
        Problems problems = new Problems();
        try {
            Node found = YamlReader.asWritten(changed, file, problems);
            return problems.found().isEmpty() && Content.same(found, wanted)
                    ? Optional.of(new YamlEditor(changed, file, found))
                    : Optional.empty();
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }
}
