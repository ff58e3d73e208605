package dev.sightline.admin;

import dev.sightline.http.HttpServer;
import dev.sightline.http.InputBudget;
import dev.sightline.http.LoopWatch;
import dev.sightline.metrics.Family;
import java.util.List;

/** The figures of the event loops of this process, and of those who kept them busy or sent too much. */
final class LoopMetrics {
    private LoopMetrics() {}

    static List<Family> read() {
        Family turns = Family.gauge(
                "sightline_event_loop_longest_turn_seconds",
                "For how long an event loop served nobody else, at most, in the last minute or two.");
        LoopWatch.longestTurns().forEach((loop, seconds) -> turns.add(seconds, "loop", loop));
        Family delays = Family.counter(
                "sightline_connection_delays", "How often a connection sent more than its rate, and had to wait.");
        HttpServer.delays().forEach((of, count) -> delays.add(count, "of", of));
        Family turnedAway =
                Family.counter("sightline_connections_turned_away", "Connections that were not kept, and why.");
        HttpServer.turnedAway().forEach((reason, count) -> turnedAway.add(count, "reason", reason));
        InputBudget budget = InputBudget.ofProcess();
        return List.of(
                turns,
                delays,
                Family.gauge("sightline_connections", "Connections of HTTP and WebSocket at present.")
                        .add(HttpServer.present()),
                turnedAway,
                Family.gauge("sightline_input_bytes", "Bytes of input that is not complete, or waits to be worked on.")
                        .add(budget.held()),
                Family.counter(
                                "sightline_input_ended",
                                "Connections and sessions that were ended because they held most when there was too much.")
                        .add(budget.ended()));
    }
}
