package dev.sightline.app;

import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.stream.StreamStatus;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/** What is printed when the server is up: the address to open, and what is served there. */
final class Greeting {
    private Greeting() {}

    static void print(RunningServer server, PrintWriter out) {
        out.println("Sightline " + Version.TEXT + " is up. Open  " + server.address());
        for (StreamStatus stream : server.streams()) {
            String steps =
                    stream.processors().stream().map(ProcessorStatus::name).collect(Collectors.joining(", "));
            out.println("  " + server.address().resolve("/live/" + stream.name()) + "  " + stream.source()
                    + (steps.isEmpty() ? "" : " through " + steps));
        }
        out.println("Ctrl+C ends it.");
        out.flush();
    }
}
