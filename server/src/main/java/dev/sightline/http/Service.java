package dev.sightline.http;

import java.time.Duration;
import org.slf4j.LoggerFactory;

/** What all connections of a server share. */
final class Service {
    private final RequestAdmission reception;
    private final Duration requestTimeout;
    private final Timeouts patience;
    private final RateLimitedLog faults = new RateLimitedLog(LoggerFactory.getLogger(HttpServer.class));

    Service(RequestAdmission reception, Duration requestTimeout, Timeouts patience) {
        this.reception = reception;
        this.requestTimeout = requestTimeout;
        this.patience = patience;
    }

    /** The same for connections that another reception receives. */
    Service with(RequestAdmission other) {
        return new Service(other, requestTimeout, patience);
    }

    RequestAdmission reception() {
        return reception;
    }

    Cors cors() {
        return reception.cors();
    }

    Duration requestTimeout() {
        return requestTimeout;
    }

    /** How long a new connection may take until the head of its first request is there. */
    Duration firstWordTimeout() {
        Duration unproved = patience.unproved();
        return requestTimeout.compareTo(unproved) < 0 ? requestTimeout : unproved;
    }

    Timeouts patience() {
        return patience;
    }

    /** What a handler's failure means to the one who asked; a fault of ours is logged, at most once a period. */
    Response failure(String path, Exception failure) {
        if (failure instanceof ProblemException known) {
            return known.response();
        }
        faults.report("a request for " + Excerpt.of(path) + " failed", failure);
        return Response.problem(Problem.of(500, "something went wrong in the server; its log says what"));
    }

    /** Logs a fault that no answer can tell of, at most once a period. */
    void fault(String what, Throwable fault) {
        faults.report(what, fault);
    }
}
