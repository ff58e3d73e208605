package dev.sightline.source;

import java.util.Set;

/** Makes sources of one kind from their addresses. */
public interface SourceScheme {

    /** What stands before the first colon of an address, in lower case, for example {@code rtsp} and {@code rtsps}. */
    Set<String> names();

    /**
     * The source of an address.
     *
     * @param address the whole address, its scheme included
     * @throws IllegalArgumentException if the address cannot be meant; the message says why and goes to the user
     */
    Source source(String address, SourceOptions options);
}
