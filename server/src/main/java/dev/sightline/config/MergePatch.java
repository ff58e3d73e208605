package dev.sightline.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Merges a partial configuration into another: JSON Merge Patch (RFC 7396), in which a key without a value removes the key, a
 * mapping is merged key by key, and everything else replaces what was there.
 */
public final class MergePatch {
    private MergePatch() {}

    /** The target with the patch merged into it. */
    public static Node apply(Node target, Node patch) {
        if (!(patch instanceof Node.Mapping changes)) {
            return patch;
        }
        Map<String, Node> entries = new LinkedHashMap<>();
        Map<String, Place> keys = new LinkedHashMap<>();
        if (target instanceof Node.Mapping present) {
            entries.putAll(present.entries());
            keys.putAll(present.keys());
        }
        changes.entries().forEach((key, change) -> {
            if (change instanceof Node.Empty) {
                entries.remove(key);
            } else {
                Node before = entries.getOrDefault(key, new Node.Empty(change.place()));
                entries.put(key, apply(before, change));
            }
            keys.put(key, changes.placeOf(key));
        });
        return new Node.Mapping(entries, keys, target instanceof Node.Mapping ? target.place() : patch.place());
    }
}
