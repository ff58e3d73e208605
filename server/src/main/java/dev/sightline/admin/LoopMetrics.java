package dev.sightline.admin;

import dev.sightline.http.HttpServer;
import dev.sightline.http.LoopWatch;
import dev.sightline.http.RequestTimes;
import dev.sightline.http.limits.InputBudget;
import dev.sightline.metrics.Distribution;
import dev.sightline.metrics.Family;
import java.util.List;

/** The metrics of this process's event loops, and of the clients that kept them busy or sent too much. */
final class LoopMetrics {
    private LoopMetrics() {}

    static List<Family> read() {
        Family turns = Family.gauge(
                "sightline_event_loop_longest_turn_seconds",
                "The longest turn of an event loop in the last minute or two; no other connection is served meanwhile.");
        LoopWatch.longestTurns().forEach((loop, seconds) -> turns.add(seconds, "loop", loop));
        Family delays = Family.counter(
                "sightline_connection_delays", "How often a connection sent more than its rate, and had to wait.");
        HttpServer.delays().forEach((of, count) -> delays.add(count, "of", of));
        Family turnedAway = Family.counter(
                "sightline_connections_turned_away", "Connections that were refused or closed, by reason.");
        HttpServer.turnedAway().forEach((reason, count) -> turnedAway.add(count, "reason", reason));
        Family answers = Family.counter("sightline_http_requests", "Requests that were answered, by status.");
        HttpServer.answers().forEach((status, count) -> answers.add(count, "status", status));
        Family times = Family.histogram(
                "sightline_http_request_duration_seconds",
                "From a request's last byte to its answer's first, by route; without long polls.");
        HttpServer.requestTimes()
                .forEach(row -> times.add(
                        new Distribution(RequestTimes.bounds(), row.counts(), row.seconds()),
                        "route",
                        row.route(),
                        "method",
                        row.method(),
                        "status_class",
                        row.statusClass()));
        Family closes = Family.counter("sightline_websocket_closes", "WebSockets that the server has closed, by code.");
        HttpServer.closes().forEach((code, count) -> closes.add(count, "code", code));
        Family timeOuts = Family.counter(
                "sightline_connections_timed_out", "Connections that were ended because something took too long.");
        HttpServer.timeOuts().forEach((what, count) -> timeOuts.add(count, "of", what));
        InputBudget budget = InputBudget.ofProcess();
        return List.of(
                answers,
                times,
                closes,
                timeOuts,
                turns,
                delays,
                Family.gauge("sightline_connections", "HTTP and WebSocket connections now.")
                        .add(HttpServer.present()),
                turnedAway,
                Family.gauge("sightline_input_bytes", "Bytes of input that is incomplete or waiting.")
                        .add(budget.held()),
                Family.counter(
                                "sightline_input_ended",
                                "Connections and sessions ended because they held the most input above the limit.")
                        .add(budget.ended()));
    }
}
