package dev.sightline.http.connection;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** How requests, WebSockets and connections of this program's servers ended, counted. Safe for use by any thread. */
public final class Outcomes {
    private static final Map<Integer, LongAdder> ANSWERS = new ConcurrentHashMap<>();
    private static final Map<Integer, LongAdder> CLOSES = new ConcurrentHashMap<>();
    private static final Map<TimeOut, LongAdder> TIME_OUTS = new ConcurrentHashMap<>();

    private Outcomes() {}

    /** A request was answered, with a status of HTTP. */
    public static void answered(int status) {
        count(ANSWERS, status);
    }

    /** The server has closed a WebSocket, with a code of RFC 6455 section 7.4. */
    public static void closed(int code) {
        count(CLOSES, code);
    }

    /** A connection was ended because something took too long. */
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

    /** Ended connections by what they were too slow with. */
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

    /** What has its time. */
    public enum TimeOut {
        /** A request, from the connection's beginning or the answer before. */
        REQUEST,
        /** The handshake of TLS. */
        TLS,
        /** The answer to a ping. */
        PING,
        /** Taking what was sent. */
        UNREAD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
