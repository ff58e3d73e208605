import dev.sightline.ServerOptions;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Shows a camera, or any other source, with a green box around every face and the time. Each picture goes as the
 * Socket.IO event {@code frame} to every client that connects.
 *
 * <pre>
 * ./sightline run examples/FaceDetection.java                        your camera
 * ./sightline run examples/FaceDetection.java clip.mp4 --port 6000   a file, on port 6000
 * ./sightline run examples/FaceDetection.java --faces haar           the older way to find faces
 * </pre>
 */
@Command(name = "FaceDetection", mixinStandardHelpOptions = true)
public final class FaceDetection implements Callable<Integer> {
    private static final String HAAR = "faces:model=haar:scale-factor=1.1:min-neighbors=5:min-size=30";

    enum Finder {
        blazeface,
        haar
    }

    @Parameters(arity = "0..1", paramLabel = "SOURCE", description = "camera:0, rtsp://…, a file, or any other source.")
    private String source = "camera:0";

    @Option(names = "--faces", description = "How faces are found: ${COMPLETION-CANDIDATES}.")
    private Finder faces = Finder.blazeface;

    @Mixin
    private ServerOptions options = new ServerOptions();

    public static void main(String[] args) {
        System.exit(Sightline.run(new FaceDetection(), args));
    }

    @Override
    public Integer call() throws InterruptedException {
        try (SightlineServer server = options
                .applyTo(Sightline.server().port(5000))
                .refuseAbsent()
                .page("/", "pages/FaceDetection.html")
                .files("/static", "pages")
                .stream(
                        "camera",
                        stream -> stream.source(source)
                                .process(faces == Finder.haar ? HAAR : "faces")
                                .process("clock")
                                .socketIo(events -> events.withOut(events.out().withQuality(95))))
                .start()) {
            server.greeting("The picture with its faces").forEach(System.out::println);
            server.awaitClose();
        }
        return 0;
    }
}
