package dev.sightline.stream;

import dev.sightline.metrics.HistogramSnapshot;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.stream.status.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a viewer measured, {@code {uncertainty, total, network?, display?}}, as a stranger may have written it. */
final class LatencyJson {
    /** The longest text with a report. */
    static final int MOST_CHARACTERS = 2_048;

    /** No frame takes longer, and no clock is wrong by more. */
    private static final double MOST_MILLIS = 60_000;

    private static final double MILLIS = 1_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private LatencyJson() {}

    /** Reads a report; the refusal says what is wrong with it. */
    static LatencyReport read(String text) throws RefusedException {
        Map<?, ?> members = object("it", parse(text));
        Durations total = durations("total", members.get("total"));
        if (total.count() == 0) {
            throw malformed("total is of at least one frame");
        }
        return new LatencyReport(
                millis("uncertainty", members.get("uncertainty")),
                total,
                durations("network", members.get("network")),
                durations("display", members.get("display")));
    }

    static RefusedException malformed(String why) {
        return new RefusedException(Reason.MALFORMED, "a report of latency cannot be used: " + why);
    }

    private static @Nullable Object parse(String text) throws RefusedException {
        if (text.length() > MOST_CHARACTERS) {
            throw malformed("it is longer than " + MOST_CHARACTERS + " characters");
        }
        try {
            return JSON.readValue(text, Object.class);
        } catch (JacksonException e) {
            throw malformed("it is no JSON");
        }
    }

    private static Durations durations(String name, @Nullable Object said) throws RefusedException {
        if (said == null) {
            return Durations.NONE;
        }
        Map<?, ?> members = object(name, said);
        double p50 = millis(name + ".p50", members.get("p50"));
        double p95 = millis(name + ".p95", members.get("p95"));
        if (p50 > p95) {
            throw malformed(name + ".p50 is at most p95");
        }
        return Durations.of(histogram(name, members), OptionalDouble.of(p50), OptionalDouble.of(p95));
    }

    private static HistogramSnapshot histogram(String name, Map<?, ?> members) throws RefusedException {
        if (!(members.get("sum") instanceof Number sum)) {
            throw malformed(name + ".sum is a number of milliseconds");
        }
        try {
            return HistogramSnapshot.of(
                    counts(name, members.get("counts")), sum.doubleValue() / MILLIS, MOST_MILLIS / MILLIS);
        } catch (IllegalArgumentException e) {
            throw malformed(name + ": " + e.getMessage());
        }
    }

    private static List<Long> counts(String name, @Nullable Object said) throws RefusedException {
        List<Long> counts = new ArrayList<>();
        if (said instanceof List<?> numbers) {
            for (Object number : numbers) {
                if (!(number instanceof Integer count)) {
                    throw malformed(name + ".counts are whole numbers");
                }
                counts.add(count.longValue());
            }
        }
        return counts;
    }

    private static double millis(String name, @Nullable Object said) throws RefusedException {
        if (said instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= MOST_MILLIS) {
            return number.doubleValue();
        }
        throw malformed(name + " is a number of milliseconds, 0 to " + (int) MOST_MILLIS);
    }

    private static Map<?, ?> object(String name, @Nullable Object said) throws RefusedException {
        if (said instanceof Map<?, ?> members) {
            return members;
        }
        throw malformed(name + " is an object");
    }
}
