package dev.sightline.worker;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * What a worker's process may reach, where the system can confine it (bubblewrap on Linux).
 *
 * @param network whether it may open connections
 * @param devices whether it sees all devices, also those that are plugged in later; if not, only those for video that are there
 * @param readable absolute files and folders that it may read though they lie in a home folder
 */
public record Confinement(boolean network, boolean devices, Set<Path> readable) {
    /** Neither network nor files. */
    public static final Confinement STRICT = new Confinement(false, Set.of());

    /** Copies the files. */
    public Confinement {
        readable = Set.copyOf(readable);
    }

    /** Without devices. */
    public Confinement(boolean network, Set<Path> readable) {
        this(network, false, readable);
    }

    /** Whether a process confined like this may do for somebody who asks for the other: as many files, and no more else. */
    boolean suits(Confinement wanted) {
        return isLike(wanted) && readable.containsAll(wanted.readable);
    }

    /** Whether they differ in files at most. */
    boolean isLike(Confinement other) {
        return network == other.network && devices == other.devices;
    }

    /** What both may reach together. */
    public Confinement and(Confinement other) {
        Set<Path> all = new HashSet<>(readable);
        all.addAll(other.readable);
        return new Confinement(network || other.network, devices || other.devices, all);
    }
}
