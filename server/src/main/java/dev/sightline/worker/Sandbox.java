package dev.sightline.worker;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The command line of bubblewrap that confines a worker: the file system read-only, home folders and what is {@code hidden} out
 * of sight but for what it needs, its own {@code /tmp}, {@code /run} and process ids, no device but video and graphics, and no
 * network, unless these are asked for.
 */
final class Sandbox {
    private static final String READ_ONLY = "--ro-bind-try";
    private static final Set<String> DEVICES = Set.of("dri", "kfd", "nvidia", "video", "media", "dma_heap");

    private final Path program;
    private final WorkerLaunch launch;
    private final Path home;

    /** Takes bubblewrap's program, and this user's home. */
    Sandbox(Path program, WorkerLaunch launch, Path home) {
        this.program = program;
        this.launch = launch;
        this.home = home;
    }

    /** What stands before the command; {@code own} is the process's folder, the only one it may write to. */
    List<String> prefix(Confinement confinement, Path own) {
        List<String> line = new ArrayList<>(List.of(
                program.toString(), "--unshare-all", "--die-with-parent", "--new-session", "--ro-bind", "/", "/"));
        if (confinement.network()) {
            line.add("--share-net");
        }
        devices(confinement).forEach(line::addAll);
        line.addAll(List.of("--proc", "/proc"));
        Set<Path> empty = emptied();
        empty.forEach(folder -> line.addAll(List.of("--tmpfs", folder.toString())));
        // Names are resolved through here where systemd does it.
        line.addAll(List.of(READ_ONLY, "/run/systemd/resolve", "/run/systemd/resolve"));
        readable(confinement).forEach(path -> line.addAll(List.of(READ_ONLY, path.toString(), path.toString())));
        launch.folders().hidden().forEach(path -> hide(path, line));
        line.addAll(List.of("--bind", own.toString(), own.toString(), "--chdir", own.toString(), "--"));
        return line;
    }

    private static void hide(Path path, List<String> line) {
        if (Files.isDirectory(path)) {
            line.addAll(List.of("--tmpfs", path.toString()));
        } else if (Files.exists(path)) {
            line.addAll(List.of("--ro-bind", "/dev/null", path.toString()));
        }
    }

    private Set<Path> emptied() {
        Set<Path> folders = new TreeSet<>();
        Stream.of("/tmp", "/var/tmp", "/run", "/home", "/root")
                .map(Path::of)
                .filter(Files::isDirectory)
                .forEach(folders::add);
        if (home.isAbsolute() && home.getNameCount() > 0 && Files.isDirectory(home)) {
            folders.add(home);
        }
        return folders;
    }

    /** Outer folders stand before inner ones, as bubblewrap needs them. */
    private Set<Path> readable(Confinement confinement) {
        Set<Path> all = new TreeSet<>(launch.folders().readable());
        all.addAll(confinement.readable());
        all.add(launch.java().home());
        for (String entry : launch.java().classPath().split(File.pathSeparator, -1)) {
            if (!entry.isEmpty()) {
                all.add(besides(Path.of(entry).toAbsolutePath().normalize()));
            }
        }
        return all;
    }

    /** A jar's folder, since it may name others beside it; but not a whole home. */
    private Path besides(Path entry) {
        Path folder = entry.getParent();
        return Files.isDirectory(entry) || folder == null || home.startsWith(folder) ? entry : folder;
    }

    /** A camera that is plugged in again is another file, which only the folder shows. */
    private static List<List<String>> devices(Confinement confinement) {
        if (confinement.devices()) {
            return List.of(List.of("--dev-bind", "/dev", "/dev"));
        }
        List<List<String>> words = new ArrayList<>(List.of(List.of("--dev", "/dev")));
        videoDevices().forEach(device -> words.add(List.of("--dev-bind-try", device, device)));
        return words;
    }

    private static List<String> videoDevices() {
        try (Stream<Path> all = Files.list(Path.of("/dev"))) {
            return all.map(Path::toString)
                    .filter(device -> DEVICES.stream().anyMatch(kind -> device.startsWith("/dev/" + kind)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
