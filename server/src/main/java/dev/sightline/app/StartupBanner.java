package dev.sightline.app;

import dev.sightline.admin.Doors;
import dev.sightline.admin.QrPicture;
import dev.sightline.http.tls.Tls;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.stream.status.StreamStatus;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is printed when the server runs: the address to open, and what is served there. */
public final class StartupBanner {
    private StartupBanner() {}

    static void print(RunningServer server, PrintWriter out) {
        out.println("Sightline " + Version.TEXT + " is up. Open  " + server.address());
        for (StreamStatus stream : server.streams()) {
            String steps = stream.processing().processors().stream()
                    .map(ProcessorStatus::name)
                    .collect(Collectors.joining(", "));
            out.println("  " + server.address().resolve("/live/" + stream.name()) + "  "
                    + stream.signal().source() + (steps.isEmpty() ? "" : " through " + steps));
        }
        server.lanAddress().ifPresent(address -> {
            elsewhere(address, server).forEach(out::println);
            if (Terminal.shows(QrPicture.FULL_BLOCK)) {
                out.println(QrPicture.of(address.toString()).blocks());
            }
        });
        blocked(server.ports()).forEach(out::println);
        out.println("Ctrl+C ends it.");
        out.flush();
    }

    /**
     * The same in few lines, for a program.
     *
     * @param what what is at the address, for example {@code The camera}
     */
    public static List<String> lines(RunningServer server, String what) {
        List<String> lines = new ArrayList<>();
        lines.add(what + " is at " + server.address());
        lines.addAll(server.lanAddress()
                .map(address -> elsewhere(address, server))
                .orElse(List.of("Only this computer can reach it; --host 0.0.0.0 lets others in.")));
        lines.addAll(blocked(server.ports()));
        return lines;
    }

    /** A line for each port that no browser opens. */
    static List<String> blocked(List<Integer> ports) {
        return ports.stream()
                .filter(BlockedPorts::contains)
                .map(port -> "Browsers refuse to open port " + port
                        + " (it is on their list of blocked ports): take another, such as 8080.")
                .toList();
    }

    private static List<String> elsewhere(URI address, RunningServer server) {
        Optional<Tls> tls = server.tls();
        List<String> lines = new ArrayList<>();
        lines.add("On other computers and phones: " + address);
        lines.add(
                server.letsEverybodyIn()
                        ? "Anyone who reaches that address may watch, and send where pictures can be sent: there are no passwords."
                        : "They are asked for a login.");
        if (tls.isEmpty()) {
            lines.add("Browsers there give their camera only to HTTPS: start with --tls auto for that.");
        } else if (tls.get().authority().isPresent()) {
            lines.add("They warn of a certificate they do not know, until it is installed once from "
                    + Doors.address(false, address.getHost(), address.getPort()).resolve("/certificate"));
        }
        return lines;
    }
}
