import dev.sightline.Sightline;
import dev.sightline.SightlineServer;

/**
 * Shows a camera, or any other source, in the browser, with a box around every face and the time.
 *
 * <pre>
 * ./sightline run examples/FaceDetection.java                        your camera
 * ./sightline run examples/FaceDetection.java clip.mp4 6000          a file, on port 6000
 * </pre>
 */
public final class FaceDetection {
    public static void main(String[] args) throws InterruptedException {
        String source = args.length > 0 ? args[0] : "camera:0";
        int port = args.length > 1 ? Integer.parseInt(args[1]) : 5000;

        try (SightlineServer server = Sightline.server().port(port).stream(
                        "camera", stream -> stream.source(source).process("faces,clock"))
                .start()) {
            System.out.println("Faces at " + server.address() + "live/camera");
            server.awaitClose();
        }
    }
}
