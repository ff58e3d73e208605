package dev.sightline.worker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which stream kills workers. Each death is charged to the streams that were being worked on. The one with the most
 * charges in a minute, at least {@value #CHARGES}, is put into quarantine, and the charges of all others are forgotten: they may
 * have stood beside it. It comes out after a minute, then two, four and so on up to an hour, or by {@link #release}; if it was
 * in quarantine before, {@value #CHARGES_AGAIN} more deaths bring it back. An hour without a death makes it a stream like any
 * other. For one thread; time is an argument.
 */
final class Quarantine {
    static final int CHARGES = 5;
    static final int CHARGES_AGAIN = 2;
    static final Duration WINDOW = Duration.ofMinutes(1);
    static final Duration FIRST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_STREAMS = 10_000;

    private final Map<String, Stream> streams = new HashMap<>();

    /** A stream's way into quarantine. */
    private static final class Stream {
        private final Deque<Long> charges = new ArrayDeque<>();
        private long lastCharge;
        private int sentences;
        private Optional<Long> until = Optional.empty();

        boolean due() {
            return until.isEmpty() && charges.size() >= (sentences == 0 ? CHARGES : CHARGES_AGAIN);
        }
    }

    /** A stream that is put into quarantine. */
    record Sentence(String stream, Duration length) {}

    /** Charges a death; the stream that is put into quarantine by it, if any. */
    Optional<Sentence> charge(Set<String> suspects, long nowNanos) {
        streams.values().removeIf(stream -> isForgotten(stream, nowNanos));
        for (String name : suspects) {
            if (streams.size() < MOST_STREAMS || streams.containsKey(name)) {
                Stream stream = streams.computeIfAbsent(name, absent -> new Stream());
                stream.charges.add(nowNanos);
                stream.lastCharge = nowNanos;
            }
        }
        streams.values().forEach(stream -> stream.charges.removeIf(at -> nowNanos - at > WINDOW.toNanos()));
        return streams.entrySet().stream()
                .filter(each -> each.getValue().due())
                .max(Comparator.comparingInt(each -> each.getValue().charges.size()))
                .map(each -> sentence(each.getKey(), each.getValue(), nowNanos));
    }

    private Sentence sentence(String name, Stream stream, long nowNanos) {
        Duration length = FIRST.multipliedBy(1L << Math.min(stream.sentences, 6));
        Duration bounded = length.compareTo(LONGEST) > 0 ? LONGEST : length;
        stream.sentences++;
        stream.until = Optional.of(nowNanos + bounded.toNanos());
        streams.values().forEach(each -> each.charges.clear());
        return new Sentence(name, bounded);
    }

    private static boolean isForgotten(Stream stream, long nowNanos) {
        return stream.until.isEmpty() && nowNanos - stream.lastCharge > LONGEST.toNanos();
    }

    /** Lets out those whose time is over, and names them. */
    Set<String> released(long nowNanos) {
        Set<String> released = new HashSet<>();
        streams.forEach((name, stream) -> {
            if (stream.until.filter(until -> nowNanos - until >= 0).isPresent()) {
                stream.until = Optional.empty();
                stream.lastCharge = nowNanos;
                released.add(name);
            }
        });
        return released;
    }

    /** Lets a stream out before its time; answers whether it was in. */
    boolean release(String name, long nowNanos) {
        Stream stream = streams.get(name);
        if (stream == null || stream.until.isEmpty()) {
            return false;
        }
        stream.until = Optional.empty();
        stream.lastCharge = nowNanos;
        return true;
    }

    /** The streams in quarantine, and how long they will stay at the most. */
    Map<String, Duration> held(long nowNanos) {
        Map<String, Duration> held = new HashMap<>();
        streams.forEach((name, stream) ->
                stream.until.ifPresent(until -> held.put(name, Duration.ofNanos(Math.max(0, until - nowNanos)))));
        return held;
    }
}
