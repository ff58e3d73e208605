package dev.sightline.app;

import dev.sightline.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code sightline run FILE.java}: compiles a one-file program against the library, once, and starts it; with {@code --watch},
 * again whenever it is saved.
 */
@Command(name = "run", description = "Compile and start a one-file Java program that uses Sightline.")
final class RunCommand implements Callable<Integer> {
    /** The program's main has returned, which does not end it. */
    static final int GOES_ON = -1;

    @Option(names = "--watch", description = "Run the program again when its file is saved; viewers stay connected.")
    private boolean watch;

    @Parameters(index = "0", paramLabel = "FILE.java", description = "The program.")
    private Path file = Path.of("");

    @Parameters(index = "1..*", paramLabel = "ARGS", description = "Its arguments.")
    private List<String> arguments = List.of();

    @Spec
    private @Nullable CommandSpec spec;

    /** As with {@code java FILE.java}, the program lives as long as its servers and threads. */
    @Override
    public Integer call() throws Exception {
        if (!file.toString().endsWith(".java")) {
            throw new ConfigException("run takes a Java file, '" + file + "' is not one");
        }
        ProgramVersion program = ProgramVersion.first(file, watch ? WatchedProgram.starter() : Runnable::run);
        Natives.require(CommandLines.err(spec));
        ShutdownSummary.onExit(CommandLines.out(spec));
        HeapReturn.start();
        // The program's own pages and settings are next to its file.
        System.setProperty("sightline.program.folder", folder());
        if (watch) {
            WatchedProgram.watch(file, arguments, CommandLines.out(spec), CommandLines.err(spec), program);
        }
        try {
            program.call(arguments);
        } catch (Throwable e) {
            if (program.hasEnded()) {
                return GOES_ON;
            }
            if (e instanceof Error error) {
                throw error;
            }
            throw (Exception) e;
        }
        if (!program.hasEnded()) {
            RunningServer.open().forEach(server -> StartupBanner.print(server, CommandLines.out(spec)));
        }
        return GOES_ON;
    }

    private String folder() {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? "" : parent.toString();
    }
}
