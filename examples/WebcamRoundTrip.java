import dev.sightline.ServerOptions;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private ServerOptions options = new ServerOptions();

    public static void main(String[] args) {
        System.exit(Sightline.run(new WebcamRoundTrip(), args));
    }

    @Override
    public Integer call() throws InterruptedException {
        try (SightlineServer server = options
                .applyTo(Sightline.server().port(5000))
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
            server.greeting("The page that sends your camera").forEach(System.out::println);
            server.awaitClose();
        }
        return 0;
    }
}
