package dev.sightline.source;

import java.nio.file.Path;
import java.util.Set;

/** Makes sources of one kind from their addresses. */
public interface SourceScheme {

    /** The part of an address before the first colon, in lower case, for example {@code rtsp} and {@code rtsps}. */
    Set<String> names();

    /**
     * The source of an address.
     *
     * @param address the whole address, including its scheme
     * @throws IllegalArgumentException if the address is invalid; the message says why, for the user
     */
    Source source(String address, SourceOptions options);

    /**
     * Checks an address that was not named by the configuration but by the API. What is known of it only when it is opened, such
     * as the addresses of a host, is checked then.
     *
     * @param folder the base of relative paths
     * @throws IllegalArgumentException if it must not be opened; the message says why, and what to do
     */
    void requireAllowed(String address, Path folder, EgressRule rule);
}
