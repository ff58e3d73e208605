package dev.sightline.source;

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
}
