package dev.sightline.stream.fanout;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Identifies a viewer while its connection lasts, whatever renditions it subscribes to one after the other. A transport makes
 * one for each connection.
 *
 * @param number from 1, in the order of arrival; unique in this process
 * @param transport its transport in one word, for example {@code websocket}
 * @param address its IP address or network as text
 * @param client whom it counts for where there are limits for one address; empty if it has none
 */
public record ViewerIdentity(long number, String transport, String address, Optional<String> client) {
    private static final AtomicLong LAST = new AtomicLong();

    /** Identifies a new viewer. */
    public static ViewerIdentity of(String transport, String address, Optional<String> client) {
        return new ViewerIdentity(LAST.incrementAndGet(), transport, address, client);
    }

    /** What programs call it by. */
    public String id() {
        return Long.toString(number);
    }
}
