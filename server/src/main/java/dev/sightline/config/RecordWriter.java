package dev.sightline.config;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as JSON-like values: the inverse of {@link RecordBinder}, which makes an equal record of {@link Nodes#of} them.
 *
 * <p>Keys stand in the order of the components, those of {@link Unwrapped} records among them. Absent values and empty lists,
 * maps and nodes are left out. Times are written like {@code 500ms}, constants lower-case-dashed, paths as text.
 */
public final class RecordWriter {
    private static final RecordWriter ALL = new RecordWriter(false);
    private static final RecordWriter CHANGED = new RecordWriter(true);

    private final boolean changedOnly;

    private RecordWriter(boolean changedOnly) {
        this.changedOnly = changedOnly;
    }

    /** The record with every key. */
    public static Map<String, Object> all(Record record) {
        return ALL.members(record);
    }

    /** The record as written by hand: without the keys that may be left out since their values are the defaults. */
    public static Map<String, Object> changed(Record record) {
        return CHANGED.members(record);
    }

    /** The value that stands for a key which is left out; empty if that is no value, or if the key is mandatory. */
    public static Optional<Object> byDefault(RecordComponent component) {
        return RecordBinder.whenAbsent(component).map(ALL::comparable);
    }

    private Map<String, Object> members(Record record) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = Ranges.value(component, record);
            if (RecordBinder.isUnwrapped(component)) {
                members.putAll(members((Record) value));
            } else if (isWritten(component, value)) {
                Optional.ofNullable(plain(value))
                        .ifPresent(plain -> members.put(RecordBinder.dashed(component.getName()), plain));
            }
        }
        return members;
    }

    private boolean isWritten(RecordComponent component, Object value) {
        Object whole = ALL.comparable(value);
        return !(changedOnly || isEmpty(whole)) || !byDefault(component).equals(Optional.ofNullable(whole));
    }

    private static boolean isEmpty(@Nullable Object plain) {
        return plain == null
                || plain instanceof Collection<?> items && items.isEmpty()
                || plain instanceof Map<?, ?> members && members.isEmpty();
    }

    /** Nodes are compared by their content, not by their places; all that have none are equal. */
    private @Nullable Object comparable(Object value) {
        Object plain = plain(value);
        return value instanceof Node && isEmpty(plain) ? List.of() : plain;
    }

    private @Nullable Object plain(Object value) {
        if (value instanceof Node node) {
            return Nodes.plain(node);
        }
        if (value instanceof Record record) {
            return members(record);
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(this::plain).orElse(null);
        }
        if (value instanceof List<?> items) {
            List<@Nullable Object> plain = new ArrayList<>();
            items.forEach(item -> plain.add(plain(item)));
            return plain;
        }
        if (value instanceof Map<?, ?> entries) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            entries.forEach((key, entry) -> plain.put(String.valueOf(key), plain(entry)));
            return plain;
        }
        return scalar(value);
    }

    private static Object scalar(Object value) {
        if (value instanceof Enum<?> constant) {
            return RecordBinder.dashed(constant.name());
        }
        if (value instanceof Duration duration) {
            return ScalarValue.written(duration);
        }
        if (value instanceof Number number) {
            return Nodes.plain(number);
        }
        return value instanceof Path ? value.toString() : value;
    }
}
