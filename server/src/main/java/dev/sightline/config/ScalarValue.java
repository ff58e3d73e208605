package dev.sightline.config;

import dev.sightline.config.RecordBinder.Target;
import dev.sightline.processor.Parameter;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts one written word to a value of the target type, within its range. */
final class ScalarValue {
    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h)");

    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");
    private static final Duration LONGEST = Duration.ofDays(365);

    private ScalarValue() {}

    static Optional<Object> parse(Target target, Node.Scalar scalar, Path folder, Problems problems) {
        try {
            String text = scalar.text().strip();
            return Optional.of(target.rawType() == Path.class ? path(text, folder) : value(target, text));
        } catch (IllegalArgumentException e) {
            problems.add(scalar.place(), "'" + target.key() + "' " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Object value(Target target, String text) {
        Class<?> type = target.rawType();
        if (type == String.class) {
            return text;
        }
        if (type == boolean.class || type == Boolean.class) {
            return bool(text);
        }
        if (type == Duration.class) {
            return duration(text);
        }
        if (type.isEnum()) {
            return constant(type, text);
        }
        return number(type, text, target.parameter());
    }

    private static Path path(String text, Path folder) {
        try {
            return folder.resolve(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is a file's name, which '" + text + "' cannot be", e);
        }
    }

    private static Object number(Class<?> type, String text, Optional<Parameter> range) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("is a number, not '" + text + "'");
        }
        double value = Double.parseDouble(text);
        range.ifPresent(limits -> checkRange(value, text, limits));
        if (type == double.class || type == Double.class) {
            return value;
        }
        if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
            throw new IllegalArgumentException("is a whole number, not '" + text + "'");
        }
        if (type == long.class || type == Long.class) {
            return (long) value;
        }
        if ((type == int.class || type == Integer.class) && value == (int) value) {
            return (int) value;
        }
        throw new IllegalArgumentException("cannot be '" + text + "'");
    }

    static void checkRange(double value, String text, Parameter limits) {
        if (!(value >= limits.min() && value <= limits.max())) {
            throw new IllegalArgumentException("is " + range(limits) + ", not " + text);
        }
    }

    private static String range(Parameter limits) {
        if (limits.max() == Double.POSITIVE_INFINITY) {
            return "at least " + plain(limits.min());
        }
        if (limits.min() == Double.NEGATIVE_INFINITY) {
            return "at most " + plain(limits.max());
        }
        return plain(limits.min()) + " to " + plain(limits.max());
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new IllegalArgumentException("is true or false, not '" + text + "'");
        };
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is a time such as 500ms, 10s or 2m, not '" + text + "'");
        }
        double unit = switch (matcher.group(2)) {
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            default -> 3600e9;
        };
        Duration duration = Duration.ofNanos(Math.round(Double.parseDouble(matcher.group(1)) * unit));
        if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("is longer than nothing and at most a year, not '" + text + "'");
        }
        return duration;
    }

    /** The text of a time in the largest unit of which it is a whole number; below, with a fraction of milliseconds. */
    static String written(Duration duration) {
        long seconds = duration.toSeconds();
        if (duration.toNanosPart() > 0) {
            BigDecimal millis = BigDecimal.valueOf(seconds, -3).add(BigDecimal.valueOf(duration.toNanosPart(), 6));
            return millis.stripTrailingZeros().toPlainString() + "ms";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static Object constant(Class<?> type, String text) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> RecordBinder.dashed(((Enum<?>) constant).name()))
                .toList();
        int index = names.indexOf(text);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "is one of " + String.join(", ", names) + ", not '" + text + "'" + Nearest.hint(text, names));
        }
        return type.getEnumConstants()[index];
    }
}
