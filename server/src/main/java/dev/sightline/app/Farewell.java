package dev.sightline.app;

import dev.sightline.stream.StreamStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What is printed when the program is told to end: how long it ran, and what it showed and dropped. */
final class Farewell {
    private Farewell() {}

    static void onExit(RunningServer server, PrintWriter out) {
        long start = System.nanoTime();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            List<StreamStatus> streams = server.streams();
                            server.close();
                            out.println();
                            out.println(text(System.nanoTime() - start, streams));
                            out.flush();
                        },
                        "sightline-end"));
    }

    static String text(long nanos, List<StreamStatus> streams) {
        long frames = streams.stream().mapToLong(StreamStatus::frames).sum();
        long inside = streams.stream()
                .mapToLong(stream -> stream.dropped().pipeline()
                        + stream.dropped().encoders()
                        + stream.dropped().broken())
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
