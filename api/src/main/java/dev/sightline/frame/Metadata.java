package dev.sightline.frame;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is known about one picture: detections, and values that processors add under their own name.
 *
 * <p>A raw {@link Frame}'s metadata is added to by one thread at a time; an {@link EncodedFrame} carries a
 * {@link #snapshot}, which cannot be changed and may be read by any thread.
 */
public final class Metadata {
    /** Metadata that says nothing and cannot be changed. */
    public static final Metadata EMPTY = new Metadata().snapshot();

    private final boolean frozen;
    private List<Detection> detections;
    private Map<String, Object> values;

    /** Empty metadata, to be added to. */
    public Metadata() {
        this(false, new ArrayList<>(), new LinkedHashMap<>());
    }

    private Metadata(boolean frozen, List<Detection> detections, Map<String, Object> values) {
        this.frozen = frozen;
        this.detections = detections;
        this.values = values;
    }

    /** What was found, in the order it was added; not to be changed. */
    public List<Detection> detections() {
        return Collections.unmodifiableList(detections);
    }

    /** The further values by key, in the order they were added; not to be changed. */
    public Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }

    /** Adds something that was found. */
    public Metadata add(Detection detection) {
        changeable();
        detections.add(detection);
        return this;
    }

    /**
     * Adds a value under a key of the processor's own, in the place of an earlier one.
     *
     * @param value what JSON can say: a String, Boolean or finite Number, or a List or Map (with String keys) of these
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

    /** Adds everything the other metadata says. */
    public Metadata addAll(Metadata other) {
        changeable();
        detections.addAll(other.detections);
        values.putAll(other.values);
        return this;
    }

    /**
     * Moves every detection as a geometric processor moves the picture under it.
     *
     * @param move the new place of a box, or empty where it has left the picture
     */
    public void moveDetections(Function<Box, Optional<Box>> move) {
        changeable();
        List<Detection> moved = new ArrayList<>(detections.size());
        for (Detection detection : detections) {
            move.apply(detection.box()).flatMap(Box::clipped).ifPresent(box -> moved.add(detection.at(box)));
        }
        detections = moved;
    }

    /** This metadata as it is now, in a form that cannot be changed. */
    public Metadata snapshot() {
        return frozen
                ? this
                : new Metadata(true, List.copyOf(detections), Collections.unmodifiableMap(new LinkedHashMap<>(values)));
    }

    /** Whether nothing is known. */
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
