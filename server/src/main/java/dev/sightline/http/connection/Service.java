package dev.sightline.http.connection;

import dev.sightline.http.limits.RateLimitedLog;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.slf4j.Logger;

/** What all connections of a server share. Safe for use by any thread. */
public final class Service {
    private final Duration requestTimeout;
    private final Timeouts patience;
    private final Executor requests;
    private final RateLimitedLog faults;

    /**
     * Creates the service of a server's connections.
     *
     * @param requestTimeout how long a request or a message may take to arrive
     * @param requests runs the handlers of requests
     * @param log gets the faults, each kind at most once per period
     */
    public Service(Duration requestTimeout, Timeouts patience, Executor requests, Logger log) {
        this.requestTimeout = requestTimeout;
        this.patience = patience;
        this.requests = requests;
        this.faults = new RateLimitedLog(log);
    }

    /** How long a request or a message may take to arrive. */
    public Duration requestTimeout() {
        return requestTimeout;
    }

    /** How long a new connection may take until the head of its first request is there. */
    public Duration firstWordTimeout() {
        Duration unproved = patience.unproved();
        return requestTimeout.compareTo(unproved) < 0 ? requestTimeout : unproved;
    }

    /** The other time limits. */
    public Timeouts patience() {
        return patience;
    }

    /** Runs the handlers of requests: not on an event loop, which serves viewers meanwhile. */
    public Executor requests() {
        return requests;
    }

    /** Logs a fault that no answer can report, at most once per period. */
    public void fault(String what, Throwable fault) {
        faults.report(what, fault);
    }
}
