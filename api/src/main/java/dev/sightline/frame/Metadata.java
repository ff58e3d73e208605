package dev.sightline.frame;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What is known about one frame: detections, and values that processors add under their own keys.
 *
 * <p>Only one thread at a time adds to the metadata of a raw {@link Frame}. An {@link EncodedFrame} carries a {@link
 * #snapshot}, which is immutable and may be read by any thread.
 */
public final class Metadata {
    /** Empty, immutable metadata. */
    public static final Metadata EMPTY = new Metadata().snapshot();

    private final boolean frozen;
    private List<Detection> detections;
    private Map<String, Object> values;

    /** Creates empty metadata. */
    public Metadata() {
        this(false, new ArrayList<>(), new LinkedHashMap<>());
    }

    private Metadata(boolean frozen, List<Detection> detections, Map<String, Object> values) {
        this.frozen = frozen;
        this.detections = detections;
        this.values = values;
    }

    /** The detections in the order they were added; unmodifiable. */
    public List<Detection> detections() {
        return Collections.unmodifiableList(detections);
    }

    /** The other values by key, in the order they were added; unmodifiable. */
    public Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }

    /** Adds a detection. */
    public Metadata add(Detection detection) {
        changeable();
        detections.add(detection);
        return this;
    }

    /**
     * Adds a value under a key of the processor's own; replaces an earlier value of that key.
     *
     * @param value a JSON value: a String, Boolean or finite Number, or a List or Map (with String keys) of these
     * @throws IllegalArgumentException if it is anything else, or the key is {@code detections}
     */
    public Metadata put(String key, Object value) {
        changeable();
        if (key.equals("detections")) {
            throw new IllegalArgumentException("detections are added with add(Detection)");
        }
        values.put(key, jsonValue(key, value));
        return this;
    }

    /** Adds all detections and values of the other metadata. */
    public Metadata addAll(Metadata other) {
        changeable();
        detections.addAll(other.detections);
        values.putAll(other.values);
        return this;
    }

    /**
     * Moves everything that was found the way a geometric processor moves the frame under it: detections, each to the smallest
     * box around its moved corners, and the places under {@code overlay}. Detections that have left the frame are dropped.
     *
     * @param move gives the new place of a point; an affine map
     */
    public void move(UnaryOperator<FramePoint> move) {
        moveDetections(box -> box.moved(move));
        values.computeIfPresent(Overlay.KEY, (key, overlay) -> jsonValue(key, Overlay.moved(overlay, move)));
    }

    /**
     * Moves every detection the way a geometric processor moves the frame under it.
     *
     * @param move gives the new place of a box, or empty if it has left the frame
     */
    public void moveDetections(Function<Box, Optional<Box>> move) {
        changeable();
        List<Detection> moved = new ArrayList<>(detections.size());
        for (Detection detection : detections) {
            move.apply(detection.box()).flatMap(Box::clipped).ifPresent(box -> moved.add(detection.at(box)));
        }
        detections = moved;
    }

    /** An immutable copy of this metadata as it is now. */
    public Metadata snapshot() {
        return frozen
                ? this
                : new Metadata(true, List.copyOf(detections), Collections.unmodifiableMap(new LinkedHashMap<>(values)));
    }

    /** Whether there are no detections and no values. */
    public boolean isEmpty() {
        return detections.isEmpty() && values.isEmpty();
    }

    void become(Metadata other) {
        changeable();
        detections = new ArrayList<>(other.detections);
        values = new LinkedHashMap<>(other.values);
    }

    private void changeable() {
        if (frozen) {
            throw new IllegalStateException("the metadata of an encoded frame cannot be changed");
        }
    }

    private static Object jsonValue(String key, Object value) {
        if (value instanceof Number number && !Double.isFinite(number.doubleValue())) {
            throw new IllegalArgumentException("metadata '" + key + "' holds " + number + ", which JSON cannot say");
        }
        if (value instanceof String || value instanceof Boolean || value instanceof Number) {
            return value;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> jsonValue(key, item)).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((name, item) -> copy.put(String.valueOf(name), jsonValue(key, item)));
            return Collections.unmodifiableMap(copy);
        }
        throw new IllegalArgumentException("metadata '" + key + "' holds a "
                + value.getClass().getName() + ", which JSON cannot say: use String, Boolean, Number, List or Map");
    }
}
