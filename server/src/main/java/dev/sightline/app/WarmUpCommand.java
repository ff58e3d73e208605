package dev.sightline.app;

import dev.sightline.app.configuration.Additions;
import dev.sightline.app.configuration.SightlineConfig;
import dev.sightline.app.configuration.StreamConfig;
import dev.sightline.config.Node;
import dev.sightline.config.Place;
import dev.sightline.http.HttpSettings;
import dev.sightline.transport.webrtc.WebRtcSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code sightline warm-up}: serves a few frames to itself and ends, so that the launcher can archive the classes needed at
 * start, and the native libraries are unpacked.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    private static final int PICTURES = 3;

    @Override
    @SuppressWarnings("DefaultCharset") // the console's
    public Integer call() throws IOException {
        Natives.require(new PrintWriter(System.err, true));
        Node steps = new Node.Scalar("motion,faces,clock", new Place("warm-up", 1, 1));
        SightlineConfig config = new SightlineConfig(
                HttpSettings.DEFAULTS.withPort(0),
                WebRtcSettings.DEFAULTS,
                List.of(),
                Map.of("demo", StreamConfig.of("pattern:320x240@30", steps)));
        try (RunningServer server =
                Composition.of(config, Path.of(""), Additions.none()).start()) {
            for (String path : List.of("/", "/live/demo", "/api/streams", "/metrics")) {
                get(server, path);
            }
            for (int i = 0; i < PICTURES; i++) {
                get(server, "/live/demo/jpeg");
            }
        }
        return 0;
    }

    private static void get(RunningServer server, String path) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.ports().get(0))) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            answer.transferTo(OutputStream.nullOutputStream());
        }
    }
}
