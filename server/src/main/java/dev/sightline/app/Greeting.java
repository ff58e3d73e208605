package dev.sightline.app;

import dev.sightline.admin.Doors;
import dev.sightline.admin.QrPicture;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.stream.StreamStatus;
import dev.sightline.tls.Tls;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is printed when the server is up: the address to open, and what is served there. */
final class Greeting {
    private Greeting() {}

    /**
     * Prints it.
     *
     * @param letters what the place it is printed to can show
     */
    static void print(RunningServer server, PrintWriter out, Charset letters) {
        out.println("Sightline " + Version.TEXT + " is up. Open  " + server.address());
        for (StreamStatus stream : server.streams()) {
            String steps =
                    stream.processors().stream().map(ProcessorStatus::name).collect(Collectors.joining(", "));
            out.println("  " + server.address().resolve("/live/" + stream.name()) + "  " + stream.source()
                    + (steps.isEmpty() ? "" : " through " + steps));
        }
        server.lanAddress().ifPresent(address -> elsewhere(address, server.tls(), out, letters));
        out.println("Ctrl+C ends it.");
        out.flush();
    }

    private static void elsewhere(URI address, Optional<Tls> tls, PrintWriter out, Charset letters) {
        out.println("On other computers and phones: " + address);
        if (letters.newEncoder().canEncode(QrPicture.FULL_BLOCK)) {
            out.println(QrPicture.of(address.toString()).blocks());
        }
        if (tls.isEmpty()) {
            out.println("Browsers there give their camera to HTTPS alone: start with --tls auto for that.");
        } else if (tls.get().authority().isPresent()) {
            out.println("They warn of a certificate they do not know, until it is installed once from "
                    + Doors.address(false, address.getHost(), address.getPort()).resolve("/certificate"));
        }
    }
}
