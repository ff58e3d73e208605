import dev.sightline.ServerOptions;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Shows a camera on a page of its own, and as a feed that any page can show.
 *
 * <pre>
 * ./sightline run examples/CameraOverWebRtc.java                                    your camera
 * ./sightline run examples/CameraOverWebRtc.java rtsp://192.0.2.7/stream --user me --password secret
 * ./sightline run examples/CameraOverWebRtc.java --host 0.0.0.0 --direct            for others too, the feed at once
 * </pre>
 */
@Command(name = "CameraOverWebRtc", mixinStandardHelpOptions = true)
public final class CameraOverWebRtc implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "SOURCE", description = "camera:0, rtsp://…, or any other source.")
    private String source = "camera:0";

    @Option(names = "--user", description = "Who is to open an RTSP address.")
    private Optional<String> user = Optional.empty();

    @Option(names = "--password", description = "With which password.", interactive = true, arity = "0..1")
    private Optional<String> password = Optional.empty();

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Option(names = "--direct", description = "Send / straight to the feed.")
    private boolean direct;

    public static void main(String[] args) {
        System.exit(Sightline.run(new CameraOverWebRtc(), args));
    }

    @Override
    public Integer call() throws InterruptedException {
        Sightline sightline =
                options.applyTo(Sightline.server().port(5000)).refuseAbsent().files("/static", "pages");
        if (direct) {
            sightline.redirect("/", "video_feed");
        } else {
            sightline.page("/", "pages/CameraOverWebRtc.html");
        }
        sightline.stream(
                "camera",
                stream -> stream.source(address()).webRtcOfferAt("/offer").mjpegAt("/video_feed"));

        try (SightlineServer server = sightline.start()) {
            server.greeting("The camera").forEach(System.out::println);
            server.awaitClose();
        }
        return 0;
    }

    /** The source's address with user and password in it. */
    private String address() {
        if (user.isEmpty() && password.isEmpty()) {
            return source;
        }
        String who = encoded(user.orElse("")) + ":" + encoded(password.orElse("")) + "@";
        return source.replaceFirst("://", "://" + who.replace("$", "\\$"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
