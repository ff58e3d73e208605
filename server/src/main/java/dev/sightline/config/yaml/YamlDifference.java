package dev.sightline.config.yaml;

import dev.sightline.config.Node;
import dev.sightline.config.Place;
import dev.sightline.config.yaml.Written.Part;
import dev.sightline.config.yaml.Written.Shape;
import dev.sightline.config.yaml.YamlSlot.Fate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Walks through what a text says and what it is to say, and edits where they differ. */
final class YamlDifference {
    private final YamlLines lines;
    private final YamlEdits edits = new YamlEdits();
    private final YamlReplacement replacement;

    private YamlDifference(YamlLines lines, Written root) {
        this.lines = lines;
        this.replacement = new YamlReplacement(lines, edits, root);
    }

    /**
     * The text changed so that it says what is wanted; nothing if the edits disturb each other.
     *
     * @param text ends with a line break, or is empty
     * @throws ConfigException if something can be changed only by hand
     */
    static Optional<String> applied(String text, String file, Node now, Node wanted) {
        YamlLines lines = new YamlLines(text, file);
        Written root = WrittenReader.read(lines);
        YamlDifference difference = new YamlDifference(lines, root);
        difference.compare(new YamlSlot(YamlSlot.Kind.ROOT, -1, 0, root), now, wanted);
        return difference.edits.applied(text);
    }

    private void compare(YamlSlot slot, Node now, Node wanted) {
        if (Content.same(now, wanted)) {
            return;
        }
        Written value = slot.value();
        if (value.shared()) {
            replacement.refuseShared(value);
        }
        if (value.collection() && now instanceof Node.Mapping before && wanted instanceof Node.Mapping after) {
            entries(slot, before, after);
        } else if (value.collection() && now instanceof Node.Sequence before && wanted instanceof Node.Sequence after) {
            items(slot, before.items(), after);
        } else {
            replacement.replace(slot, wanted);
        }
    }

    private void entries(YamlSlot slot, Node.Mapping now, Node.Mapping wanted) {
        Map<String, Node> added = new LinkedHashMap<>(wanted.entries());
        List<Fate> fates = new ArrayList<>();
        // The node has the mapping's own keys first, in order, then the merged ones.
        Iterator<Map.Entry<String, Node>> entries = now.entries().entrySet().iterator();
        for (Part part : slot.value().parts()) {
            if (part.merge()) {
                fates.add(Fate.kept(part));
            } else {
                Map.Entry<String, Node> entry = entries.next();
                fates.add(new Fate(part, entry.getValue(), Optional.ofNullable(added.remove(entry.getKey()))));
            }
        }
        entries.forEachRemaining(merged -> {
            Node after = wanted.entries().get(merged.getKey());
            if (after == null) {
                throw lines.refusal(slot.value().start(), "'" + merged.getKey() + "' comes from a merge key (<<) here");
            }
            if (Content.same(after, merged.getValue())) {
                added.remove(merged.getKey());
            }
        });
        alter(slot, fates, new Node.Mapping(added, Place.NOWHERE), fates.size(), wanted);
    }

    private void items(YamlSlot slot, List<Node> now, Node.Sequence wanted) {
        List<Node> after = wanted.items();
        // Of equal items the very one that is gone is removed, with its comments.
        int head = head(now, after, (one, other) -> one == other);
        int tail = tail(now, after, head, (one, other) -> one == other);
        if (head + tail < Math.min(now.size(), after.size())) {
            head = head(now, after, Content::same);
            tail = tail(now, after, head, Content::same);
        }
        boolean added = head > 0 && head + tail == now.size();
        if (now.size() != after.size() && !added && head + tail < after.size()) {
            replacement.replaceAll(slot, wanted);
            return;
        }
        List<Node> more = added ? after.subList(head, after.size() - tail) : List.of();
        List<Fate> fates = fates(slot.value().parts(), now, after, head, tail);
        alter(slot, fates, new Node.Sequence(more, Place.NOWHERE), head, wanted);
    }

    /** Of a list that becomes shorter, the items between head and tail go; the tail moves where the length changes. */
    private static List<Fate> fates(List<Part> parts, List<Node> now, List<Node> after, int head, int tail) {
        List<Fate> fates = new ArrayList<>();
        for (int i = 0; i < now.size(); i++) {
            int moved = i < now.size() - tail ? i : i - now.size() + after.size();
            boolean removed = i >= head && i < now.size() - tail && now.size() > after.size();
            fates.add(new Fate(parts.get(i), now.get(i), removed ? Optional.empty() : Optional.of(after.get(moved))));
        }
        return fates;
    }

    private static int head(List<Node> now, List<Node> after, BiPredicate<Node, Node> same) {
        int shorter = Math.min(now.size(), after.size());
        int head = 0;
        while (head < shorter && same.test(now.get(head), after.get(head))) {
            head++;
        }
        return head;
    }

    private static int tail(List<Node> now, List<Node> after, int head, BiPredicate<Node, Node> same) {
        int shorter = Math.min(now.size(), after.size());
        int tail = 0;
        while (tail < shorter - head && same.test(now.get(now.size() - 1 - tail), after.get(after.size() - 1 - tail))) {
            tail++;
        }
        return tail;
    }

    /**
     * Edits some parts of a collection, or replaces it if none of them stays.
     *
     * @param added what comes after the parts before this place
     */
    private void alter(YamlSlot slot, List<Fate> fates, Node added, int place, Node wanted) {
        Written value = slot.value();
        boolean altered = YamlSlot.size(added) > 0 || fates.stream().anyMatch(Fate::removed);
        if (fates.stream().allMatch(Fate::removed) || altered && value.shape() == Shape.PAIR) {
            replacement.replaceAll(slot, wanted);
            return;
        }
        fates.stream()
                .filter(Fate::removed)
                .forEach(fate -> replacement.refuseShared(fate.part().value()));
        for (Fate fate : fates) {
            fate.wanted().ifPresent(after -> compare(YamlSlot.of(value, fate.part(), lines), fate.now(), after));
        }
        if (altered && value.block()) {
            new YamlBlockEdits(lines, edits, replacement.writer(value)).alter(fates, added, place);
        } else if (altered) {
            new YamlFlowEdits(lines, edits).alter(value, fates, added, place);
        }
    }
}
