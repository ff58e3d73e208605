package dev.sightline.socketio;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of an event or an acknowledgement: String, Number, Boolean, {@code byte[]}, and List and Map (with String keys)
 * of these; null where JavaScript had null.
 */
public final class Arguments {
    private final List<? extends @Nullable Object> values;

    /** Creates arguments with these values; useful in tests of handlers too. */
    public Arguments(List<? extends @Nullable Object> values) {
        this.values = Collections.unmodifiableList(values);
    }

    /** The number of arguments. */
    public int size() {
        return values.size();
    }

    /** All arguments in order; unmodifiable, null where JavaScript had null. */
    public List<? extends @Nullable Object> list() {
        return values;
    }

    /** The argument at an index; empty if there is none, or it is null. */
    public Optional<Object> value(int index) {
        return index < values.size() ? Optional.ofNullable(values.get(index)) : Optional.empty();
    }

    /** The argument at an index, if it is text. */
    public Optional<String> text(int index) {
        return value(index, String.class);
    }

    /** The argument at an index, if it is a number. */
    public OptionalDouble number(int index) {
        Optional<Number> number = value(index, Number.class);
        return number.isPresent() ? OptionalDouble.of(number.get().doubleValue()) : OptionalDouble.empty();
    }

    /** The argument at an index, if it is binary (ArrayBuffer, Blob, Buffer and so on); the caller owns the array. */
    public Optional<byte[]> bytes(int index) {
        return value(index, byte[].class);
    }

    /** The argument at an index, if it is an object. */
    @SuppressWarnings("unchecked")
    public Optional<Map<String, @Nullable Object>> object(int index) {
        return value(index, Map.class).map(map -> (Map<String, @Nullable Object>) map);
    }

    private <T> Optional<T> value(int index, Class<T> type) {
        return value(index).filter(type::isInstance).map(type::cast);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
