package dev.sightline.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a worker's process is started.
 *
 * @param java the JVM's program and the class path that the child runs on
 * @param body the name of its {@link WorkerBody}
 * @param environment all of the child's environment
 * @param folders where it may read and write
 * @param confine whether to confine it where the system can
 */
public record WorkerLaunch(Java java, String body, Map<String, String> environment, Folders folders, boolean confine) {
    /** Copies the environment. */
    public WorkerLaunch {
        environment = Map.copyOf(environment);
    }

    /**
     * The child's JVM.
     *
     * @param home where it is
     * @param options all but those for memory and crashes; never a secret: every user of the machine can read them
     * @param classPath as in {@code java.class.path}
     * @param main the class whose {@code main} calls {@link WorkerProcess#run}
     */
    public record Java(Path home, List<String> options, String classPath, String main) {
        /** Copies the options. */
        public Java {
            options = List.copyOf(options);
        }

        Path program() {
            return home.resolve("bin").resolve("java");
        }
    }

    /**
     * Folders.
     *
     * @param runtime where each process gets a folder for its socket: a short path that this user alone may enter
     * @param crashes where the JVM's reports of crashes are kept
     * @param readable what any worker needs to read, such as unpacked native libraries
     * @param hidden what no worker may see, such as configuration and data of the server
     */
    public record Folders(Path runtime, Path crashes, Set<Path> readable, Set<Path> hidden) {
        /** Copies the sets. */
        public Folders {
            readable = Set.copyOf(readable);
            hidden = Set.copyOf(hidden);
        }
    }
}
