package dev.sightline.admin;

import dev.sightline.http.HttpServer;
import dev.sightline.http.LoopWatch;
import dev.sightline.metrics.Family;
import java.util.List;

/** The figures of the event loops of this process, and of those who kept them busy. */
final class LoopMetrics {
    private LoopMetrics() {}

    static List<Family> read() {
        Family turns = Family.gauge(
                "sightline_event_loop_longest_turn_seconds",
                "For how long an event loop served nobody else, at most, in the last minute or two.");
        LoopWatch.longestTurns().forEach((loop, seconds) -> turns.add(seconds, "loop", loop));
        Family delays = Family.counter(
                "sightline_connection_delays", "How often a connection sent more than its rate, and had to wait.");
        HttpServer.delays().forEach((protocol, count) -> delays.add(count, "protocol", protocol));
        return List.of(turns, delays);
    }
}
