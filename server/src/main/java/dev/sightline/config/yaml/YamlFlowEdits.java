package dev.sightline.config.yaml;

import dev.sightline.config.Node;
import dev.sightline.config.yaml.Written.Part;
import dev.sightline.config.yaml.YamlSlot.Fate;
import java.util.List;

/** Removes and adds keys and items between braces or brackets, with their commas. */
final class YamlFlowEdits {
    private final YamlLines lines;
    private final YamlEdits edits;

    YamlFlowEdits(YamlLines lines, YamlEdits edits) {
        this.lines = lines;
        this.edits = edits;
    }

    /** At least one part stays. What is added comes after the last part before the place that stays. */
    void alter(Written collection, List<Fate> fates, Node added, int place) {
        if (YamlSlot.size(added) > 0) {
            Part last = fates.get(Fate.lastKept(fates, place)).part();
            edits.insert(last.end(), ", " + YamlWriter.inside(added));
        }
        for (Fate fate : fates) {
            if (fate.removed()) {
                Part part = fate.part();
                boolean comma = part.comma() < collection.end();
                remove(part, comma ? part.comma() + 1 : part.end(), !comma);
            }
        }
        int kept = Fate.lastKept(fates, fates.size());
        Part last = fates.get(fates.size() - 1).part();
        if (kept < fates.size() - 1 && last.comma() >= collection.end()) {
            // The part that becomes the last one has no comma, as that had none.
            int comma = fates.get(kept).part().comma();
            edits.delete(comma, comma + 1);
        }
    }

    /** Removes the whole line, with its comment, where nothing else is on it. */
    private void remove(Part part, int end, boolean last) {
        if (lines.leads(part.start()) && lines.trails(end)) {
            edits.delete(lines.line(part.start()), lines.next(end));
        } else if (last || lines.trails(end)) {
            edits.delete(lines.beforeSpaces(part.start()), end);
        } else {
            edits.delete(part.start(), lines.afterSpaces(end));
        }
    }
}
