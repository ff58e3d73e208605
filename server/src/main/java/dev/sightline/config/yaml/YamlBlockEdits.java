package dev.sightline.config.yaml;

import dev.sightline.config.Node;
import dev.sightline.config.yaml.Written.Part;
import dev.sightline.config.yaml.YamlSlot.Fate;
import java.util.List;

/** Removes and adds keys and items that have lines of their own. */
final class YamlBlockEdits {
    private final YamlLines lines;
    private final YamlEdits edits;
    private final YamlWriter writer;
    private final String newline;

    YamlBlockEdits(YamlLines lines, YamlEdits edits, YamlWriter writer) {
        this.lines = lines;
        this.edits = edits;
        this.writer = writer;
        this.newline = YamlLines.newline(lines.text());
    }

    /** At least one part stays. What is added comes after the last part before the place that stays. */
    void alter(List<Fate> fates, Node added, int place) {
        if (YamlSlot.size(added) > 0) {
            add(fates.get(Fate.lastKept(fates, place)).part(), added);
        }
        for (int i = 0; i < fates.size(); i++) {
            if (fates.get(i).removed()) {
                remove(fates, i);
            }
        }
    }

    /** Comments below stay below if they are not indented further: above the new part, they would be removed with it later. */
    private void add(Part after, Node added) {
        int column = lines.column(after.start());
        StringBuilder text = new StringBuilder();
        writer.lines(added, column).forEach(line -> text.append(line).append(newline));
        edits.insert(lines.after(after.end(), column + 1), text.toString());
    }

    private void remove(List<Fate> fates, int index) {
        Part part = fates.get(index).part();
        if (part.from() < 0) {
            throw lines.refusal(part.start(), "a key after a question mark cannot be removed here");
        }
        int end = lines.after(part.end(), lines.column(part.start()) + 1);
        if (lines.leads(part.start())) {
            int floor = index == 0 ? 0 : lines.next(fates.get(index - 1).part().end());
            edits.delete(lines.above(part.start(), floor), end);
        } else {
            removeBesideDash(part, end, fates.get(index + 1));
        }
    }

    /** The first key beside a dash: the next one takes its place, if no comment is between them. */
    private void removeBesideDash(Part part, int end, Fate next) {
        int start = part.start();
        if (!next.removed() && lines.line(next.part().start()) == end) {
            edits.delete(start, next.part().start());
            return;
        }
        edits.replace(lines.beforeSpaces(start), end, newline);
    }
}
