package dev.sightline.worker;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * What a worker's process may reach, where the system can confine it (bubblewrap on Linux).
 *
 * @param network whether it may open connections
 * @param readable absolute files and folders that it may read though they lie in a home folder
 */
public record Confinement(boolean network, Set<Path> readable) {
    /** Neither network nor files. */
    public static final Confinement STRICT = new Confinement(false, Set.of());

    /** Copies the files. */
    public Confinement {
        readable = Set.copyOf(readable);
    }

    /** Whether a process confined like this may do for somebody who asks for the other: as much, and no more of the network. */
    boolean suits(Confinement wanted) {
        return network == wanted.network && readable.containsAll(wanted.readable);
    }

    /** What both may reach together. */
    public Confinement and(Confinement other) {
        Set<Path> all = new HashSet<>(readable);
        all.addAll(other.readable);
        return new Confinement(network || other.network, all);
    }
}
