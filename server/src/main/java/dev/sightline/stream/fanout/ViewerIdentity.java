package dev.sightline.stream.fanout;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Identifies a viewer while its connection lasts, whatever renditions it subscribes to one after the other. A transport makes
 * one for each connection.
 *
 * @param number from 1, in the order of arrival; unique in this process
 * @param transport its transport in one word, for example {@code websocket}
 * @param address its IP address or network as text
 * @param client whom it counts for where there are limits for one address; empty if it has none
 * @param key its viewer key, under which it reports what it measures; nobody else knows it. Empty if it gave none.
 */
public record ViewerIdentity(
        long number, String transport, String address, Optional<String> client, Optional<String> key) {
    private static final AtomicLong LAST = new AtomicLong();

    /** Long enough that strangers cannot guess it. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{16,64}");

    /** Identifies a new viewer. */
    public static ViewerIdentity of(String transport, String address, Optional<String> client) {
        return new ViewerIdentity(LAST.incrementAndGet(), transport, address, client, Optional.empty());
    }

    /** The same viewer with the key that it chose: 16 to 64 letters, digits, dashes and underscores; anything else is none. */
    public ViewerIdentity withKey(Optional<String> chosen) {
        Optional<String> valid = chosen.filter(text -> KEY.matcher(text).matches());
        return new ViewerIdentity(number, transport, address, client, valid);
    }

    /** What programs call it by. */
    public String id() {
        return Long.toString(number);
    }
}
