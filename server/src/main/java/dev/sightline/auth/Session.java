package dev.sightline.auth;

import java.time.Duration;
import java.time.Instant;

/** A login by a cookie. Safe for use by any thread. */
final class Session {
    private final String id = Secrets.id();
    private final LiveAccess access;
    private final String address;
    private final Instant since;
    private final Instant expires;
    private volatile Instant used;

    /**
     * Creates one that is used at once.
     *
     * @param address the client's
     * @param expires when it ends in any case
     */
    Session(Principal principal, String address, Instant since, Instant expires) {
        this.access = new LiveAccess(principal);
        this.address = address;
        this.since = since;
        this.expires = expires;
        this.used = since;
    }

    String id() {
        return id;
    }

    LiveAccess access() {
        return access;
    }

    Principal principal() {
        return access.principal().orElseThrow();
    }

    String address() {
        return address;
    }

    Instant since() {
        return since;
    }

    Instant expires() {
        return expires;
    }

    Instant used() {
        return used;
    }

    void use(Instant now) {
        used = now;
    }

    /** Whether it has lasted long enough; what is open by it is use. */
    boolean isPast(Instant now, Duration idle) {
        if (access.isInUse()) {
            used = now;
        }
        return !now.isBefore(expires) || used.plus(idle).isBefore(now);
    }
}
