package dev.sightline.app;

import dev.sightline.pipeline.StepState;
import dev.sightline.stream.status.StreamStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * The end of a program after a signal: closes its servers in order, which takes 5 s at most, and prints how long it ran, and
 * what it showed and dropped. After SIGTERM it exits with code 0, after a second signal at once.
 */
final class ShutdownSummary {
    /** After this time, user code that does not end no longer delays the program's end. */
    private static final long LONGEST_MILLIS = 4_500;

    private ShutdownSummary() {}

    /** From now on, the {@linkplain RunningServer#open running} servers are closed when the program ends. */
    static void onExit(PrintWriter out) {
        long start = System.nanoTime();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(start, out), "sightline-end"));
        Signals.endProgram();
    }

    private static void end(long start, PrintWriter out) {
        List<RunningServer> servers = RunningServer.open();
        if (servers.isEmpty()) {
            return;
        }
        List<StreamStatus> streams =
                servers.stream().flatMap(server -> server.streams().stream()).toList();
        boolean closed = closed(servers);
        out.println();
        out.println(text(System.nanoTime() - start, streams));
        // The log may have ended before.
        streams.forEach(stream -> stream.processing().processors().stream()
                .filter(step -> step.state() == StepState.HANGING)
                .forEach(step -> out.println("Stream '" + stream.name() + "' was left behind: " + step.text())));
        if (!closed) {
            out.println("Not everything ended within " + LONGEST_MILLIS / 1e3 + " s.");
        }
        out.flush();
    }

    private static boolean closed(List<RunningServer> servers) {
        Thread closing = new Thread(() -> servers.forEach(RunningServer::close), "sightline-closing");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(LONGEST_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !closing.isAlive();
    }

    static String text(long nanos, List<StreamStatus> streams) {
        long frames = streams.stream().mapToLong(StreamStatus::frames).sum();
        long inside = streams.stream()
                .mapToLong(stream -> stream.dropped().pipeline()
                        + stream.dropped().encoders()
                        + stream.dropped().broken()
                        + stream.dropped().withheld())
                .sum();
        long viewers =
                streams.stream().mapToLong(stream -> stream.dropped().viewers()).sum();
        long seconds = nanos / 1_000_000_000L;
        return String.format(
                Locale.ROOT,
                "Ended after %d:%02d:%02d: %,d frames, %,d dropped on the way, %,d by slow viewers.",
                seconds / 3600,
                seconds / 60 % 60,
                seconds % 60,
                frames,
                inside,
                viewers);
    }
}
