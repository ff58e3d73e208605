package dev.sightline.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Makes nodes from a parser's events. Aliases stand for their anchors and merge keys ({@code <<: *base}) for their entries,
 * within limits: a few lines of aliases to aliases could stand for more than fits into memory.
 */
final class YamlComposer {
    static final int MOST_NODES = 20_000;
    static final int DEEPEST = 50;
    private static final String MERGE = "<<";

    /** The user's own keys on the first level, as places for anchors. */
    private static final String OWN = "x-";

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final Iterator<Event> events;
    private final String file;
    private final Problems problems;
    private final Function<Node.Scalar, Node> fill;
    private final Map<String, Anchored> anchors = new HashMap<>();

    // Nodes so far, with those behind aliases counted each time.
    private int count;

    YamlComposer(Iterator<Event> events, String file, Problems problems, Function<Node.Scalar, Node> fill) {
        this.events = events;
        this.file = file;
        this.problems = problems;
        this.fill = fill;
    }

    /** The only document of the text, without the user's own keys. */
    Node document() {
        return withoutOwn(whole());
    }

    /** The only document of the text, as it is written. */
    Node whole() {
        events.next(); // the stream's start
        Event start = events.next();
        if (start.getEventId() == Event.ID.StreamEnd) {
            return new Node.Mapping(Map.of(), new Place(file, 1, 1));
        }
        Node node = node(events.next(), 0);
        events.next(); // the document's end
        Event further = events.next();
        if (further.getEventId() != Event.ID.StreamEnd) {
            problems.add(
                    place(further),
                    "a second document begins here; a configuration is one document: put it into one file");
        }
        return node instanceof Node.Empty ? new Node.Mapping(Map.of(), node.place()) : node;
    }

    private static Node withoutOwn(Node root) {
        if (!(root instanceof Node.Mapping mapping)) {
            return root;
        }
        Map<String, Node> entries = new LinkedHashMap<>(mapping.entries());
        entries.keySet().removeIf(key -> key.startsWith(OWN));
        return new Node.Mapping(entries, mapping.keys(), mapping.place());
    }

    private Node node(Event event, int depth) {
        Place place = place(event);
        if (depth > DEEPEST || ++count > MOST_NODES) {
            throw new ConfigException(
                    place.before("more is nested or repeated here than any configuration needs (at most " + DEEPEST
                            + " levels and " + MOST_NODES + " values, those behind aliases included)"));
        }
        if (event instanceof AliasEvent alias) {
            return alias(alias.getAlias(), place);
        }
        int before = count;
        Node node = event instanceof ScalarEvent scalar
                ? scalar(scalar, place)
                : event.getEventId() == Event.ID.MappingStart ? mapping(place, depth) : sequence(place, depth);
        refuseTag(event, place);
        if (event instanceof NodeEvent named) {
            named.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(node, count - before)));
        }
        return node;
    }

    private Node alias(Anchor name, Place place) {
        Anchored anchored = anchors.get(name.getValue());
        if (anchored == null) {
            problems.add(
                    place,
                    "there is no &" + name.getValue() + " before this *" + name.getValue()
                            + "; a value that begins with * needs quotes");
            return new Node.Faulty(place);
        }
        count += anchored.size();
        return anchored.node();
    }

    private Node scalar(ScalarEvent scalar, Place place) {
        return scalar.isPlain() && NULLS.contains(scalar.getValue())
                ? new Node.Empty(place)
                : fill.apply(new Node.Scalar(scalar.getValue(), place));
    }

    private Node mapping(Place place, int depth) {
        Map<String, Node> entries = new LinkedHashMap<>();
        Map<String, Place> keys = new LinkedHashMap<>();
        List<Node> merged = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            Optional<String> key = key(event, depth);
            Node value = node(events.next(), depth + 1);
            if (key.isEmpty()) {
                problems.add(place(event), "a key is one word, not a list and not other keys");
            } else if (key.get().equals(MERGE)) {
                merged.add(value);
            } else if (entries.putIfAbsent(key.get(), value) == null) {
                keys.put(key.get(), place(event));
            } else {
                problems.add(place(event), "'" + key.get() + "' is given a second time here");
            }
        }
        merged.forEach(each -> merge(each, entries, keys));
        return new Node.Mapping(entries, keys, place);
    }

    private Optional<String> key(Event event, int depth) {
        if (event instanceof ScalarEvent scalar) {
            return Optional.of(scalar.getValue());
        }
        return node(event, depth + 1) instanceof Node.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
    }

    /** Entries of the mapping itself win, then those merged first. */
    private void merge(Node node, Map<String, Node> entries, Map<String, Place> keys) {
        if (node instanceof Node.Sequence sequence) {
            sequence.items().forEach(item -> merge(item, entries, keys));
        } else if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach((key, value) -> {
                if (entries.putIfAbsent(key, value) == null) {
                    keys.put(key, mapping.placeOf(key));
                }
            });
        } else if (!(node instanceof Node.Empty || node instanceof Node.Faulty)) {
            problems.add(node.place(), "'<<' takes the alias of something with keys, as in <<: *base");
        }
    }

    private Node sequence(Place place, int depth) {
        List<Node> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new Node.Sequence(items, place);
    }

    private void refuseTag(Event event, Place place) {
        Optional<String> tag = event instanceof ScalarEvent scalar
                ? scalar.getTag()
                : event instanceof CollectionStartEvent collection ? collection.getTag() : Optional.empty();
        tag.filter(text -> !text.startsWith("tag:yaml.org,2002:") && !text.equals("!"))
                .ifPresent(text -> problems.add(
                        place,
                        "tags such as " + text
                                + " are not known; write ${NAME} or ${file:PATH} for values from elsewhere"));
    }

    private Place place(Event event) {
        Optional<Mark> mark = event.getStartMark();
        return new Place(
                file,
                mark.map(Mark::getLine).orElse(0) + 1,
                mark.map(Mark::getColumn).orElse(0) + 1);
    }

    /**
     * The node of an anchor.
     *
     * @param size how many nodes it contains
     */
    private record Anchored(Node node, int size) {}
}
