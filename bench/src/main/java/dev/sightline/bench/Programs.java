package dev.sightline.bench;

import dev.sightline.app.Main;
import dev.sightline.bench.floor.Listening;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts what takes part in a bench, each in a process of its own, with the options the launcher uses. */
public final class Programs {
    private static final long START_SECONDS = 180;
    private static final int FIRST_JDK_WITH_THE_FLAG = 23;
    private static final List<String> LOAD_CLIENT_OPTIONS = List.of("-XX:+UseSerialGC", "-Xmx256m");

    /** Linux's program for scheduling policies. */
    private static final Path CHRT = Path.of("/usr/bin/chrt");

    private final Map<String, String> environment = new HashMap<>();
    private final Path home;
    private final Path folder;

    /** With a folder's name for what is written on the way. */
    public Programs(String folder) throws IOException {
        this(Path.of(System.getProperty("sightline.home", ".")), folder);
    }

    /** The same where the property {@code sightline.home} does not say where the sources are. */
    public Programs(Path home, String folder) throws IOException {
        this.home = home;
        this.folder = Files.createDirectories(home.resolve("bench/target").resolve(folder));
    }

    /** The environment of what is started from now on has this variable, too. */
    public Programs with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Where files are written to. */
    public Path folder() {
        return folder;
    }

    /** Sightline itself, as the launcher starts it, at a free port; its address is that of its dashboard. */
    public Server sightline(List<String> arguments) {
        return sightline("sightline", home, arguments);
    }

    /** The Sightline of another checkout, which is built. */
    public Server sightlineOf(Path checkout, List<String> arguments) {
        return sightline("other", checkout.toAbsolutePath(), arguments);
    }

    private Server sightline(String name, Path checkout, List<String> arguments) {
        List<String> command =
                new ArrayList<>(List.of(checkout.resolve("sightline").toString(), "--port", "0"));
        command.addAll(arguments);
        Map<String, String> all = new HashMap<>(environment);
        all.put("SIGHTLINE_BUILD", "never");
        all.put("SIGHTLINE_JAVA_HOME", System.getProperty("java.home"));
        return greeted(Child.start(name, log(name), all, command));
    }

    /** The same from this process's class path, for which nothing need be built by the launcher. */
    public Server sightlineOfClassPath(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("--port", "0"));
        all.addAll(arguments);
        return greeted(java("sightline", Main.class, List.of(), serverOptions(), all.toArray(String[]::new)));
    }

    private static Server greeted(Child child) {
        String greeting = child.await(line -> line.contains("Open  http://"), START_SECONDS);
        URI root = URI.create(greeting.substring(greeting.indexOf("http://")));
        return new Server("Sightline", child, "sightline-http", root);
    }

    /** A floor, with Sightline's own options; it prints its port first. */
    public Server floor(String name, Class<?> program, String... arguments) {
        Child child = java(name, program, List.of(), serverOptions(), arguments);
        String port =
                child.await(line -> line.startsWith("port "), START_SECONDS).substring("port ".length());
        return new Server(name, child, Listening.EVENT_LOOPS, URI.create("http://127.0.0.1:" + port + "/"));
    }

    /** A load client. */
    public Child loadClient(Class<?> program, String... arguments) {
        return java("load-client", program, List.of(), LOAD_CLIENT_OPTIONS, arguments);
    }

    /**
     * A load client that gets a core only while nobody else wants one, where the system has such a thing: on a network
     * viewers have cores of their own, and none of them interrupts who sends.
     */
    public Child idleLoadClient(Class<?> program, String... arguments) {
        List<String> idle = Files.isExecutable(CHRT) ? List.of(CHRT.toString(), "--idle", "0") : List.of();
        return java("load-client", program, idle, LOAD_CLIENT_OPTIONS, arguments);
    }

    private List<String> serverOptions() {
        return List.of("@" + home.resolve("server/java.args"));
    }

    private Child java(
            String name, Class<?> program, List<String> before, List<String> jvmOptions, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(jvmOptions);
        if (Runtime.version().feature() >= FIRST_JDK_WITH_THE_FLAG) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        Map<String, String> all = new HashMap<>(environment);
        all.put("MALLOC_ARENA_MAX", "2");
        return Child.start(name, log(name), all, command);
    }

    /** What a program of that name says on its error stream. */
    public File log(String name) {
        return folder.resolve(name + ".log").toFile();
    }
}
