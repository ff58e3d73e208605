package dev.sightline.worker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Starts a child: its folder with the socket and the notes, its command line, and what it is told.
 *
 * @param sandbox to confine it with, if that works here
 */
record ChildStart(WorkerLaunch launch, WorkerSettings settings, Optional<Sandbox> sandbox) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 32;
    private static final long YOUNG = 30 << 20;

    /**
     * What was started.
     *
     * @param server where the child will connect, once
     * @param token with which it proves that it is the child
     */
    record Started(Process process, Path folder, ServerSocketChannel server, String token, NoteSlots notes) {}

    /** The same with another {@link WorkerBody}. */
    ChildStart of(String body) {
        WorkerLaunch other =
                new WorkerLaunch(launch.java(), body, launch.environment(), launch.folders(), launch.confine());
        return new ChildStart(other, settings, sandbox);
    }

    /**
     * Starts a process.
     *
     * @param name unique; its folder's
     * @throws IOException if the system refuses; nothing is left then
     */
    Started start(String name, Confinement confinement) throws IOException {
        Path folder = PrivateFolders.make(launch.folders().runtime().resolve(name));
        try {
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                server.bind(UnixDomainSocketAddress.of(Instructions.socket(folder)));
                return start(confinement, folder, server);
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            PrivateFolders.delete(folder);
            throw e;
        }
    }

    private Started start(Confinement confinement, Path folder, ServerSocketChannel server) throws IOException {
        NoteSlots notes = NoteSlots.create(Instructions.notes(folder));
        ProcessBuilder builder = new ProcessBuilder(command(confinement, folder))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        Process process = builder.start();
        byte[] random = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        try {
            new Instructions(folder, token, launch.body()).write(process.getOutputStream());
        } catch (IOException e) {
            // It has ended already, which is noticed as of any other.
            process.destroyForcibly();
        }
        return new Started(process, folder, server, token, notes);
    }

    private List<String> command(Confinement confinement, Path folder) {
        List<String> command = new ArrayList<>();
        sandbox.ifPresent(each -> command.addAll(each.prefix(confinement, folder)));
        command.add(launch.java().program().toString());
        command.addAll(launch.java().options());
        command.addAll(memoryOptions());
        command.addAll(List.of(
                "-XX:ErrorFile=" + Instructions.crash(folder),
                "-XX:-CreateCoredumpOnCrash",
                "-XX:-UsePerfData",
                "-cp",
                launch.java().classPath(),
                launch.java().main()));
        return command;
    }

    /** As the launcher gives them to the server: nearly all that the heap begins with is for the young. */
    private List<String> memoryOptions() {
        return List.of(
                "-XX:+UseSerialGC",
                "-Xms" + Math.min(32 << 20, settings.heapBytes()),
                "-XX:NewSize=" + Math.min(YOUNG, settings.heapBytes() / 2),
                "-XX:SurvivorRatio=4",
                "-Xmx" + settings.heapBytes(),
                "-XX:+ExitOnOutOfMemoryError");
    }
}
