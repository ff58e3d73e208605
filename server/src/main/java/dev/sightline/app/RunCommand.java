package dev.sightline.app;

import dev.sightline.config.ConfigException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sightline run FILE.java}: compiles a one-file program against the library, once, and starts it. */
@Command(name = "run", description = "Compile and start a one-file Java program that uses Sightline.")
final class RunCommand implements Callable<Integer> {
    /** The program's main has returned, which does not end it. */
    static final int GOES_ON = -1;

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
        SourceFile source = SourceFile.of(file);
        Class<?> program = load(source);
        Natives.require(CommandLines.err(spec));
        ShutdownSummary.onExit(CommandLines.out(spec));
        HeapReturn.start();
        // The program's own pages and settings are next to its file.
        System.setProperty("sightline.program.folder", folder());
        try {
            program.getMethod("main", String[].class).invoke(null, (Object) arguments.toArray(new String[0]));
        } catch (NoSuchMethodException e) {
            throw new ConfigException(file + " has no public static void main(String[])");
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
        RunningServer.open().forEach(server -> StartupBanner.print(server, CommandLines.out(spec)));
        return GOES_ON;
    }

    private String folder() {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? "" : parent.toString();
    }

    private Class<?> load(SourceFile source) throws MalformedURLException {
        URL classes = source.compile().toUri().toURL();
        URLClassLoader loader = new URLClassLoader(new URL[] {classes}, RunCommand.class.getClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return loader.loadClass(source.className());
        } catch (ClassNotFoundException e) {
            throw new ConfigException(file + " holds no class " + source.className());
        }
    }
}
