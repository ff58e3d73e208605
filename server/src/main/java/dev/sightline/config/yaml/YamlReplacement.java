package dev.sightline.config.yaml;

import dev.sightline.config.Node;
import dev.sightline.config.yaml.Written.Shape;
import dev.sightline.config.yaml.YamlSlot.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Replaces whole values, and keeps the comments around them. */
final class YamlReplacement {
    private static final String PLACELESS = "this way of writing a key or value cannot be changed here";
    private static final int STEP = 2;

    private final YamlLines lines;
    private final YamlEdits edits;
    private final YamlWriter elsewhere;
    private final String newline;

    YamlReplacement(YamlLines lines, YamlEdits edits, Written root) {
        this.lines = lines;
        this.edits = edits;
        this.elsewhere = new YamlWriter(step(root, Shape.BLOCK_MAPPING, STEP), step(root, Shape.BLOCK_SEQUENCE, STEP));
        this.newline = YamlLines.newline(lines.text());
    }

    /** Replaces a collection whose parts are all replaced; in brackets or braces it stays so. */
    void replaceAll(YamlSlot slot, Node wanted) {
        Written old = slot.value();
        boolean flow = old.shape() == Shape.PAIR
                || old.shape() == Shape.FLOW && !old.parts().isEmpty();
        if (!flow) {
            replace(slot, wanted);
            return;
        }
        refuseShared(old);
        edits.replace(old.open(), old.end(), YamlWriter.flow(wanted));
    }

    void replace(YamlSlot slot, Node wanted) {
        Written old = slot.value();
        refuseShared(old);
        if (slot.kind() == Kind.ROOT) {
            root(old, wanted);
        } else if (slot.kind() == Kind.FLOW) {
            flow(slot, wanted);
        } else if (old.empty()) {
            fill(slot, rendered(slot, wanted, old));
        } else if (old.block()) {
            block(slot, rendered(slot, wanted, old));
        } else {
            inline(slot, wanted, rendered(slot, wanted, old));
        }
    }

    /** What an alias elsewhere stands for cannot go. */
    void refuseShared(Written old) {
        old.firstShared().ifPresent(shared -> {
            throw lines.refusal(shared.start(), "an alias elsewhere stands for this value too");
        });
    }

    private void root(Written old, Node wanted) {
        if (!(wanted instanceof Node.Mapping)) {
            throw lines.refusal(old.start(), "a configuration consists of keys and their values");
        }
        List<String> text = writer(old).lines(wanted, 0);
        if (old.empty()) {
            edits.insert(lines.text().length(), joined(text));
        } else if (old.block() && !old.decorated()) {
            edits.replace(
                    lines.above(old.start(), 0), lines.after(old.end(), lines.column(old.open()) + 1), joined(text));
        } else if (!text.isEmpty() && lines.column(old.start()) == 0 && lines.trails(old.end())) {
            edits.replace(old.start(), old.end(), String.join(newline, text));
        } else {
            edits.replace(old.start(), old.end(), YamlWriter.flow(wanted));
        }
    }

    private void flow(YamlSlot slot, Node wanted) {
        Written old = slot.value();
        if (!old.empty()) {
            edits.replace(old.start(), old.end(), YamlWriter.flow(wanted));
        } else {
            edits.insert(from(slot), " " + YamlWriter.flow(wanted));
        }
    }

    /** After a key or a dash that has no value. */
    private void fill(YamlSlot slot, Rendered text) {
        first(slot, text);
        edits.insert(lines.next(from(slot)), joined(text.rest()));
    }

    private void block(YamlSlot slot, Rendered text) {
        Written old = slot.value();
        if (lines.sameLine(from(slot), old.start()) && !old.decorated()) {
            String all =
                    Stream.concat(Stream.of(text.first()), text.rest().stream()).collect(Collectors.joining(newline));
            edits.replace(old.start(), old.end(), all);
            return;
        }
        if (old.decorated()) {
            throw lines.refusal(old.start(), PLACELESS);
        }
        first(slot, text);
        int floor = lines.next(slot.from());
        edits.replace(lines.above(old.start(), floor), lines.after(old.end(), slot.column() + 1), joined(text.rest()));
    }

    /** A value that begins beside its key or dash gives way to lines below; one that begins further below does not. */
    private void inline(YamlSlot slot, Node wanted, Rendered text) {
        Written old = slot.value();
        if (slot.from() < 0 || !lines.sameLine(slot.from(), old.start())) {
            String line = text.rest().isEmpty() ? text.first() : YamlWriter.flow(wanted);
            edits.replace(old.start(), old.end(), line);
            return;
        }
        edits.replace(text.first().isEmpty() ? slot.from() : old.start(), old.end(), text.first());
        edits.insert(lines.next(old.end()), joined(text.rest()));
    }

    private void first(YamlSlot slot, Rendered text) {
        if (!text.first().isEmpty()) {
            edits.insert(from(slot), " " + text.first());
        }
    }

    private int from(YamlSlot slot) {
        if (slot.from() < 0) {
            throw lines.refusal(slot.value().start(), PLACELESS);
        }
        return slot.from();
    }

    private Rendered rendered(YamlSlot slot, Node wanted, Written old) {
        YamlWriter writer = writer(old);
        Optional<String> line = writer.line(wanted);
        if (line.isPresent()) {
            return new Rendered(line.get(), List.of());
        }
        if (slot.kind() == Kind.KEY) {
            boolean sameShape = old.shape() == shape(wanted);
            int column = sameShape ? lines.column(old.open()) : slot.column() + writer.step(wanted);
            return new Rendered("", writer.lines(wanted, column));
        }
        boolean beside = !old.empty() && slot.from() >= 0 && lines.sameLine(slot.from(), old.start());
        int column = beside ? lines.column(old.start()) : slot.column() + STEP;
        List<String> all = writer.lines(wanted, column);
        return new Rendered(all.get(0).substring(column), all.subList(1, all.size()));
    }

    private String joined(List<String> text) {
        return text.stream().map(line -> line + newline).collect(Collectors.joining());
    }

    /** A writer that indents as the parts of this collection do, or else as the file does elsewhere. */
    YamlWriter writer(Written near) {
        return new YamlWriter(
                step(near, Shape.BLOCK_MAPPING, elsewhere.mappingStep()),
                step(near, Shape.BLOCK_SEQUENCE, elsewhere.sequenceStep()));
    }

    private int step(Written near, Shape shape, int otherwise) {
        return steps(near, shape).findFirst().orElse(otherwise);
    }

    private Stream<Integer> steps(Written from, Shape shape) {
        boolean keys = from.shape() == Shape.BLOCK_MAPPING;
        return from.parts().stream().flatMap(part -> {
            Written value = part.value();
            Stream<Integer> below = steps(value, shape);
            return keys && value.shape() == shape
                    ? Stream.concat(Stream.of(lines.column(value.open()) - lines.column(part.start())), below)
                    : below;
        });
    }

    private static Shape shape(Node node) {
        return node instanceof Node.Mapping ? Shape.BLOCK_MAPPING : Shape.BLOCK_SEQUENCE;
    }

    /**
     * A value as text.
     *
     * @param first what stands beside the key or the dash
     * @param rest the lines below, with their indentation
     */
    private record Rendered(String first, List<String> rest) {}
}
