package dev.sightline.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Packages for Node.js, in exact versions, installed by npm below {@code target}. */
final class NodePackages {
    private NodePackages() {}

    /** The program. */
    static String node() {
        return Optional.ofNullable(System.getenv("PLAYWRIGHT_NODEJS_PATH")).orElse("/usr/bin/node");
    }

    /**
     * A folder in which scripts may import the packages.
     *
     * @param folder below {@code target}; another for each set of packages
     * @param packages {@code name@version}
     */
    static synchronized Path install(Path folder, String... packages) {
        Path home = Path.of("target").resolve(folder).toAbsolutePath();
        try {
            Files.createDirectories(home);
            try (FileChannel lock = FileChannel.open(
                            home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = lock.lock()) {
                if (held.isValid() && !Files.exists(home.resolve("complete"))) {
                    npmInstall(home, packages);
                    Files.createFile(home.resolve("complete"));
                }
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void npmInstall(Path home, String... packages) throws IOException {
        Files.writeString(home.resolve("package.json"), "{\"private\": true}");
        List<String> command = new ArrayList<>(List.of(
                Path.of(node()).resolveSibling("npm").toString(),
                "install",
                "--no-package-lock",
                "--no-save",
                "--no-audit",
                "--no-fund",
                "--prefer-offline"));
        command.addAll(Arrays.asList(packages));
        Process npm = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(home.toFile(), "npm.log"))
                .start();
        try {
            if (!npm.waitFor(5, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                throw new AssertionError(
                        "npm could not install " + String.join(", ", packages) + ": see " + home.resolve("npm.log"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
