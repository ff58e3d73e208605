package dev.sightline.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Starts children that run {@link TestBody} on the class path of the tests. */
final class TestLaunch {
    /** Small, so that a test reaches them soon. */
    static final WorkerSettings SETTINGS =
            new WorkerSettings(400L << 20, 128L << 20, Duration.ofSeconds(1), Duration.ofSeconds(2));

    private TestLaunch() {}

    static WorkerLaunch of(Class<?> main, Path folder, Set<Path> hidden, boolean confine) throws IOException {
        Path runtime = Files.createDirectories(folder.resolve("run"));
        return new WorkerLaunch(
                new WorkerLaunch.Java(
                        Path.of(System.getProperty("java.home")),
                        List.of("-XX:TieredStopAtLevel=1"), // none lives long enough for the second compiler
                        System.getProperty("java.class.path"),
                        main.getName()),
                TestBody.class.getName(),
                Map.of(),
                new WorkerLaunch.Folders(runtime, folder.resolve("crashes"), Set.of(), hidden),
                confine);
    }
}
