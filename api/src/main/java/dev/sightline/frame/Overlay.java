package dev.sightline.frame;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What processors put under the key {@code overlay} of the metadata: shapes with places in fractions of the frame. */
final class Overlay {
    static final String KEY = "overlay";

    private Overlay() {}

    /** The overlay with every place moved: the pair of {@code at}, and the pairs of {@code points}. The rest stays as it is. */
    static Object moved(Object overlay, UnaryOperator<FramePoint> move) {
        return members(
                overlay,
                (kind, shapes) -> items(
                        shapes,
                        shape -> members(shape, (key, value) -> {
                            if (key.equals("at")) {
                                return place(value, move);
                            }
                            return key.equals("points") ? items(value, point -> place(point, move)) : value;
                        })));
    }

    private static Object members(Object value, Change change) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<String, Object> changed = new LinkedHashMap<>();
        map.forEach((key, member) -> changed.put(String.valueOf(key), change.of(String.valueOf(key), member)));
        return changed;
    }

    private static Object items(Object value, UnaryOperator<Object> change) {
        return value instanceof List<?> list
                ? list.stream().map(item -> change.apply(item)).toList()
                : value;
    }

    private static Object place(Object value, UnaryOperator<FramePoint> move) {
        if (value instanceof List<?> pair
                && pair.size() == 2
                && pair.get(0) instanceof Number x
                && pair.get(1) instanceof Number y) {
            FramePoint moved = move.apply(new FramePoint(x.doubleValue(), y.doubleValue()));
            return List.of(moved.x(), moved.y());
        }
        return value;
    }

    @FunctionalInterface
    private interface Change {
        Object of(String key, Object value);
    }
}
