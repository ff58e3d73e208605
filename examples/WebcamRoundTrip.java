import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Takes pictures of the browser's own camera by the Socket.IO event {@code image}, widens and mirrors them, and answers
 * each sender alone with {@code response_back}.
 *
 * <pre>
 * ./sightline run examples/WebcamRoundTrip.java
 * ./sightline run examples/WebcamRoundTrip.java --process grayscale,flip
 * </pre>
 */
@Command(name = "WebcamRoundTrip", mixinStandardHelpOptions = true)
public final class WebcamRoundTrip implements Callable<Integer> {
    @Option(names = "--process", description = "What runs on every picture.")
    private String process = "resize:width=700,flip";

    @Option(names = "--host", description = "Address to listen on (127.0.0.1).")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "Port to listen on (5000).")
    private int port = 5000;

    public static void main(String[] args) {
        System.exit(Sightline.run(new WebcamRoundTrip(), args));
    }

    @Override
    public Integer call() throws InterruptedException {
        try (SightlineServer server = Sightline.server()
                .host(host)
                .port(port)
                .page("/", "pages/WebcamRoundTrip.html")
                .files("/static", "pages")
                .stream(
                        "webcam",
                        stream -> stream.source("mirror:")
                                .process(process)
                                .socketIo(events -> events.withIn("image")
                                        .withReply(events.reply()
                                                .withEvent("response_back")
                                                .withDataUrl("image/jpg"))))
                .start()) {
            System.out.println("Send your camera's pictures at " + server.address());
            server.awaitClose();
        }
        return 0;
    }
}
