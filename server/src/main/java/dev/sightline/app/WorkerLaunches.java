package dev.sightline.app;

import dev.sightline.app.configuration.CompiledCache;
import dev.sightline.app.configuration.DataFolder;
import dev.sightline.worker.WorkerLaunch;
import dev.sightline.worker.WorkerPool;
import dev.sightline.worker.WorkerSettings;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/**
 * How this program starts its worker processes: with its own Java, class path and archive of classes, wherever it runs itself
 * (./sightline, the distribution, another program), but with few of its options and of its environment: both may hold secrets.
 */
final class WorkerLaunches {
    /**
     * JavaCPP's own limit, four times the heap, counts less than ours, and comes first: whatever needs native memory then fails
     * again and again, in a process that is never large enough to be replaced. An embedding program's JVM does not lift it.
     */
    private static final String NO_BRAKE = "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0";

    private static final String ARCHIVE = "-XX:SharedArchiveFile=";

    /** Starts of options that a child needs, too. */
    private static final List<String> OPTIONS = List.of(
            ARCHIVE,
            "-Xlog:cds",
            "--sun-misc-unsafe-memory-access=",
            "--enable-native-access=",
            "--add-exports=",
            "--add-opens=",
            "-Dfile.encoding=",
            "-Djava.awt.headless=",
            "-Dorg.bytedeco.javacpp.max",
            "-XX:TieredStopAtLevel=");

    private static final Set<String> ENVIRONMENT = Set.of(
            "PATH",
            "HOME",
            "LANG",
            "TZ",
            "MALLOC_ARENA_MAX",
            "LD_LIBRARY_PATH",
            "LIBVA_DRIVER_NAME",
            "CUDA_VISIBLE_DEVICES",
            "SIGHTLINE_LOG",
            "SystemRoot",
            "TEMP",
            "TMP");

    /** The jar's manifest allows it to the server; a class path has none, and Java would warn in every worker's log. */
    private static final int NATIVE_ACCESS_SINCE = 22;

    private WorkerLaunches() {}

    /**
     * The pool of this program; no process is started yet.
     *
     * @param body the name of the {@link dev.sightline.worker.WorkerBody} that runs in the children
     * @param hidden files and folders that no worker may see, such as the configuration
     * @param confine whether to confine workers where the system can
     * @throws IOException if there is no place for their sockets
     */
    static WorkerPool pool(WorkerSettings settings, String body, Set<Path> hidden, boolean confine) throws IOException {
        WorkerNatives natives = new WorkerNatives(Loader.getCacheDir().toPath());
        natives.unpack();
        Optional<Path> compiled = CompiledCache.forWorkers();
        WorkerLaunch.Java java = new WorkerLaunch.Java(
                Path.of(System.getProperty("java.home")),
                options(natives, compiled),
                absolute(System.getProperty("java.class.path")),
                WorkerMain.class.getName());
        Path runtime = WorkerFolder.make();
        WorkerLaunch.Folders folders =
                new WorkerLaunch.Folders(runtime, crashes(runtime), readable(natives, compiled), hidden);
        return new WorkerPool(new WorkerLaunch(java, body, environment(System.getenv()), folders, confine), settings);
    }

    private static Path crashes(Path runtime) {
        Path cache = DataFolder.findCache();
        return (cache.isAbsolute() ? cache : runtime).resolve("crashes");
    }

    private static List<String> options(WorkerNatives natives, Optional<Path> compiled) {
        List<String> options = new ArrayList<>(List.of(NO_BRAKE));
        options.addAll(kept(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        if (Runtime.version().feature() >= NATIVE_ACCESS_SINCE) {
            options.add("--enable-native-access=ALL-UNNAMED");
        }
        options.addAll(natives.options());
        compiled.map(CompiledCache::option).ifPresent(options::add);
        return options;
    }

    /** Those that a child needs, too. Its working folder is another one. */
    static List<String> kept(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> OPTIONS.stream().anyMatch(argument::startsWith))
                .map(argument -> argument.startsWith(ARCHIVE)
                        ? ARCHIVE + absolute(argument.substring(ARCHIVE.length()))
                        : argument)
                .toList();
    }

    /** Paths that mean the same in every working folder. */
    static String absolute(String paths) {
        return Stream.of(paths.split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    static Map<String, String> environment(Map<String, String> all) {
        return all.entrySet().stream()
                .filter(each ->
                        ENVIRONMENT.contains(each.getKey()) || each.getKey().startsWith("LC_"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Set<Path> readable(WorkerNatives natives, Optional<Path> compiled) {
        Set<Path> readable = new HashSet<>(natives.readable());
        compiled.ifPresent(readable::add);
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith(ARCHIVE))
                .map(argument -> Path.of(argument.substring(ARCHIVE.length())).toAbsolutePath())
                .forEach(readable::add);
        return readable;
    }
}
