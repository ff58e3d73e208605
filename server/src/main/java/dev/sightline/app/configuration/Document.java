package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;
import dev.sightline.config.MergePatch;
import dev.sightline.config.Nearest;
import dev.sightline.config.Node;
import dev.sightline.config.Nodes;
import dev.sightline.config.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is configured now: the text's content, a profile over it, and what was changed while it ran. Immutable.
 *
 * @param root the text's content
 * @param profile the name of the profile that was chosen while it ran; empty for the one that the text names, if any
 * @param changes what each stream became while it ran, by its name; empty for a stream that was deleted
 */
public record Document(Node root, Optional<String> profile, Map<String, Optional<Node>> changes) {
    private static final String STREAMS = "streams";
    private static final String PROFILE = "profile";
    private static final String PROFILES = "profiles";

    /** Copies the changes, in their order: that of the streams which they add. */
    public Document {
        changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
    }

    /** What a text says, and nothing else. */
    static Document of(Node root) {
        return new Document(root, Optional.empty(), Map.of());
    }

    /** After the text was written anew: what was changed while it ran stays, but for streams of which it says something else. */
    Document rewritten(Node newRoot) {
        Map<String, Optional<Node>> kept = new LinkedHashMap<>(changes);
        Map<String, Node> before = entries(root, STREAMS);
        Map<String, Node> now = entries(newRoot, STREAMS);
        kept.keySet().removeIf(name -> !content(before.get(name)).equals(content(now.get(name))));
        boolean sameProfile = content(entries(root).get(PROFILE))
                .equals(content(entries(newRoot).get(PROFILE)));
        return new Document(newRoot, sameProfile ? profile : Optional.empty(), kept);
    }

    /** With other settings of a stream. */
    Document with(String stream, Node settings) {
        Map<String, Optional<Node>> changed = new LinkedHashMap<>(changes);
        changed.put(stream, Optional.of(settings));
        return new Document(root, profile, changed);
    }

    /** Without a stream. */
    Document without(String stream) {
        Map<String, Optional<Node>> changed = new LinkedHashMap<>(changes);
        if (entries(root, STREAMS).containsKey(stream)) {
            changed.put(stream, Optional.empty());
        } else {
            changed.remove(stream);
        }
        return new Document(root, profile, changed);
    }

    /** With another text, which says by now what was changed: of a stream, or which profile is in force. */
    Document kept(Node newRoot, Optional<String> stream) {
        Map<String, Optional<Node>> changed = new LinkedHashMap<>(changes);
        stream.ifPresent(changed::remove);
        return new Document(newRoot, stream.isPresent() ? profile : Optional.empty(), changed);
    }

    /**
     * With another profile.
     *
     * @param name the profile's; empty for none
     * @throws ConfigException if there is no such profile
     */
    Document withProfile(String name) {
        if (!name.isEmpty() && !profiles().contains(name)) {
            throw new ConfigException("there is no profile '" + name + "'" + Nearest.hint(name, profiles())
                    + (profiles().isEmpty()
                            ? "; the configuration has none"
                            : "; known are " + String.join(", ", profiles())));
        }
        return new Document(root, Optional.of(name), changes);
    }

    /** The names of the profiles, in order. */
    List<String> profiles() {
        return List.copyOf(entries(root, PROFILES).keySet());
    }

    /** The profile that is in force; empty if none is. */
    Optional<String> activeProfile() {
        return profile.or(() -> Optional.ofNullable(entries(root).get(PROFILE))
                        .filter(node -> node instanceof Node.Scalar)
                        .map(node -> ((Node.Scalar) node).text()))
                .filter(name -> !name.isEmpty());
    }

    /** What each profile makes of the streams that it names, by profile and stream. */
    Map<String, Map<String, Node>> inProfiles() {
        Map<String, Node> streams = entries(root, STREAMS);
        Map<String, Map<String, Node>> all = new LinkedHashMap<>();
        for (String profile : profiles()) {
            Map<String, Node> merged = new LinkedHashMap<>();
            entries(root, PROFILES, profile)
                    .forEach((name, settings) -> merged.put(
                            name,
                            MergePatch.apply(streams.getOrDefault(name, new Node.Empty(settings.place())), settings)));
            all.put(profile, merged);
        }
        return all;
    }

    /** The names of the streams that the text itself has. */
    List<String> written() {
        return List.copyOf(entries(root, STREAMS).keySet());
    }

    /** What the text itself says of a stream; empty if it has none of that name. */
    Optional<Node> writtenStream(String name) {
        return Optional.ofNullable(entries(root, STREAMS).get(name));
    }

    /** What a stream's settings are; empty if there is no such stream. */
    Optional<Node> stream(String name) {
        return Optional.ofNullable(entries(effective(), STREAMS).get(name));
    }

    /** All of it as one text would say it. */
    Node effective() {
        if (!(root instanceof Node.Mapping mapping)) {
            return root;
        }
        Map<String, Node> streams = new LinkedHashMap<>(entries(root, STREAMS));
        activeProfile()
                .ifPresent(name -> entries(root, PROFILES, name)
                        .forEach((stream, settings) -> streams.computeIfPresent(
                                stream, (key, present) -> MergePatch.apply(present, settings))));
        changes.forEach((name, settings) ->
                settings.ifPresentOrElse(node -> streams.put(name, node), () -> streams.remove(name)));
        Map<String, Node> all = new LinkedHashMap<>(mapping.entries());
        if (!streams.isEmpty() || all.containsKey(STREAMS)) {
            Node before = all.getOrDefault(STREAMS, new Node.Empty(root.place()));
            Map<String, Place> keys = before instanceof Node.Mapping old ? old.keys() : Map.of();
            all.put(STREAMS, new Node.Mapping(streams, keys, before.place()));
        }
        return new Node.Mapping(all, mapping.keys(), mapping.place());
    }

    private static Map<String, Node> entries(Node node, String... keys) {
        Node found = node;
        for (String key : keys) {
            found = found instanceof Node.Mapping mapping && mapping.entries().containsKey(key)
                    ? Objects.requireNonNull(mapping.entries().get(key))
                    : new Node.Empty(node.place());
        }
        return found instanceof Node.Mapping mapping ? mapping.entries() : Map.of();
    }

    private static Optional<Object> content(@Nullable Node node) {
        return Optional.ofNullable(node).map(Nodes::plain);
    }
}
