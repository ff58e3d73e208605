package dev.sightline.http.connection;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts how requests, WebSockets and connections of this program's servers ended. Safe for use by any thread. */
public final class Outcomes {
    private static final Map<Integer, LongAdder> ANSWERS = new ConcurrentHashMap<>();
    private static final Map<Integer, LongAdder> CLOSES = new ConcurrentHashMap<>();
    private static final Map<TimeOut, LongAdder> TIME_OUTS = new ConcurrentHashMap<>();

    private Outcomes() {}

    /** A request was answered with this HTTP status. */
    public static void answered(int status) {
        count(ANSWERS, status);
    }

    /** The server closed a WebSocket with this code of RFC 6455 section 7.4. */
    public static void closed(int code) {
        count(CLOSES, code);
    }

    /** A connection was ended because of a timeout. */
    public static void timedOut(TimeOut what) {
        count(TIME_OUTS, what);
    }

    /** Answers by status. */
    public static Map<String, Long> answers() {
        return counts(ANSWERS);
    }

    /** Closed WebSockets by code. */
    public static Map<String, Long> closes() {
        return counts(CLOSES);
    }

    /** Ended connections by timeout. */
    public static Map<String, Long> timeOuts() {
        return counts(TIME_OUTS);
    }

    private static <K> void count(Map<K, LongAdder> counts, K key) {
        counts.computeIfAbsent(key, first -> new LongAdder()).increment();
    }

    private static Map<String, Long> counts(Map<?, LongAdder> counts) {
        return counts.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().toString(),
                        entry -> entry.getValue().sum()));
    }

    /** What has a time limit. */
    public enum TimeOut {
        /** A request, from the connection's beginning or the previous answer. */
        REQUEST,
        /** The TLS handshake. */
        TLS,
        /** The answer to a ping. */
        PING,
        /** Reading what was sent. */
        UNREAD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
