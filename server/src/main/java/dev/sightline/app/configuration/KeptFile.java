package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Node;
import dev.sightline.config.Nodes;
import dev.sightline.config.Problems;
import dev.sightline.config.YamlReader;
import dev.sightline.config.yaml.YamlEditor;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The configuration file with a change of what is in force written into it. Comments and order survive, and so do references to the
 * environment and to files, as far as their values are still what they were.
 *
 * @param file where it is
 * @param text its new text
 * @param document what is configured when the file says so
 */
record KeptFile(Path file, String text, Document document) {
    private static final String STREAMS = "streams";

    /**
     * The file after a change.
     *
     * @param before what was in force, with the file's content as it was read
     * @param after what shall be in force
     * @param stream whose settings are written; empty for the profile
     * @throws ProblemException 409, if there is no file, or it has another content by now
     * @throws ConfigException if it cannot be written into the text without losing something
     */
    static KeptFile of(ConfigOrigin origin, Document before, Document after, Optional<String> stream) {
        Path file = origin.file()
                .orElseThrow(() -> new ProblemException(Problem.of(
                        409, "there is no configuration file in which this could be kept: start with --config FILE")));
        ConfigFile present = ConfigFile.read(file);
        if (!same(present.written().document().root(), before.root())) {
            throw new ProblemException(Problem.of(
                    409,
                    file.getFileName() + " was changed by somebody else, or is not in"
                            + " force because something in it is wrong; see /api/config"));
        }
        String text = edited(present, file, after, stream);
        ConfigFile kept = present.with(file, text);
        Document document = after.kept(kept.written().document().root(), stream);
        if (!same(listed(document), listed(after))) {
            throw new ConfigException("this cannot be written into " + file.getFileName()
                    + " without losing a reference such as ${NAME}: edit the file by hand");
        }
        return new KeptFile(file, text, document);
    }

    private static String edited(ConfigFile present, Path file, Document after, Optional<String> stream) {
        YamlEditor editor = YamlEditor.of(present.text(), file.toString());
        if (stream.isEmpty()) {
            return after.activeProfile()
                    .map(name -> editor.set(List.of("profile"), name))
                    .orElseGet(() -> editor.remove(List.of("profile")))
                    .text();
        }
        List<String> path = List.of(STREAMS, stream.get());
        Node raw = YamlReader.asWritten(present.text(), file.toString(), new Problems());
        Optional<Node> filled = present.written().document().writtenStream(stream.get());
        return after.stream(stream.get())
                .map(wanted ->
                        editor.set(path, asWritten(wanted, filled.orElse(null), raw.below(STREAMS, stream.get()))))
                .orElseGet(() -> editor.remove(path))
                .text();
    }

    /** Writes it: beside it first, so that nobody ever reads half of it. */
    void write() {
        try {
            Path real = file.toRealPath();
            Path fresh = Files.createTempFile(real.getParent(), "." + real.getFileName(), ".new");
            try {
                Files.copy(real, fresh, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
                Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new ProblemException(Problem.of(
                    409, file.getFileName() + " cannot be written: check the permissions of it and of its folder"));
        }
    }

    /** The wanted value for the editor: the file's own node wherever that still means the same, else what is meant literally. */
    private static Object asWritten(Node wanted, @Nullable Node filled, @Nullable Node raw) {
        if (filled != null && raw != null && same(wanted, filled)) {
            return raw;
        }
        if (wanted instanceof Node.Mapping mapping) {
            Map<String, Object> entries = new LinkedHashMap<>();
            mapping.entries()
                    .forEach((key, value) -> entries.put(key, asWritten(value, below(filled, key), below(raw, key))));
            return entries;
        }
        if (wanted instanceof Node.Sequence sequence) {
            List<Object> items = new ArrayList<>();
            for (Node item : sequence.items()) {
                String index = Integer.toString(items.size());
                items.add(asWritten(item, below(filled, index), below(raw, index)));
            }
            return items;
        }
        return wanted instanceof Node.Scalar scalar ? scalar.text() : Map.of();
    }

    private static @Nullable Node below(@Nullable Node node, String key) {
        if (node == null) {
            return null;
        }
        Node found = node.below(key);
        return found == node ? null : found;
    }

    private static boolean same(Node some, Node other) {
        return Objects.equals(Nodes.plain(some), Nodes.plain(other));
    }

    /** All streams as they are in force, with their steps in one notation. */
    private static Node listed(Document document) {
        Map<String, Node> streams = new LinkedHashMap<>();
        if (document.effective().below(STREAMS) instanceof Node.Mapping mapping) {
            mapping.entries().forEach((name, stream) -> streams.put(name, StreamSettings.listed(stream)));
        }
        return new Node.Mapping(streams, document.root().place());
    }
}
