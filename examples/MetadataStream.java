import dev.sightline.ServerOptions;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.socketio.FramePayload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Scalar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Sends a video's pictures to every client that connects, each together with what the program has to say about it: the
 * Socket.IO event {@code stream} with {@code {data, image}}.
 *
 * <pre>
 * ./sightline run examples/MetadataStream.java clip.mp4
 * ./sightline run examples/MetadataStream.java clip.mp4 --once       ends with the event ended
 * ./sightline run examples/MetadataStream.java clip.mp4 --colors     the data is the mean colour, not a counter
 * </pre>
 */
@Command(name = "MetadataStream", mixinStandardHelpOptions = true)
public final class MetadataStream implements Callable<Integer> {
    @Parameters(paramLabel = "SOURCE", description = "A video file, an address, or any other source.")
    private String source = "";

    @Option(names = "--once", description = "End with the video, instead of starting it again.")
    private boolean once;

    @Option(names = "--colors", description = "Say the mean colour of each picture.")
    private boolean colors;

    @Mixin
    private ServerOptions options = new ServerOptions();

    /** What was said last; it also goes with the pictures that say that there is no signal. */
    private volatile Object said = 0;

    /** Your code: what is to be said about a picture, a number or a map; if nothing, the pictures are counted from 0. */
    private Optional<Object> about(Frame picture) {
        if (!colors) {
            return Optional.empty();
        }
        try (Scalar mean = opencv_core.mean(picture.mat())) {
            Map<String, Long> colors = new LinkedHashMap<>();
            colors.put("red", Math.round(mean.get(2)));
            colors.put("green", Math.round(mean.get(1)));
            colors.put("blue", Math.round(mean.get(0)));
            return Optional.of(colors);
        }
    }

    public static void main(String[] args) {
        System.exit(Sightline.run(new MetadataStream(), args));
    }

    @Override
    public Integer call() throws InterruptedException {
        try (SightlineServer server = options
                .applyTo(Sightline.server().port(5000))
                .refuseAbsent()
                .page("/", "pages/MetadataStream.html")
                .files("/static", "pages")
                .stream(
                        "video",
                        stream -> stream.source(source)
                                .loop(!once)
                                .process("resize:width=400:height=300")
                                .process("about", Hook::new)
                                .socketIo("stream", this::message)
                                .socketIo(events -> events.withOut(events.out().withQuality(95))))
                .start()) {
            server.greeting("The video").forEach(System.out::println);
            server.awaitClose();
        }
        return 0;
    }

    /** Puts what {@link #about} says into the picture's metadata, with which it travels. */
    private final class Hook implements FrameProcessor {
        private long count;

        @Override
        public void process(Frame frame) {
            long number = count++;
            said = about(frame).orElse(number);
            frame.metadata().put("data", said);
        }

        @Override
        public boolean changesPicture() {
            return false;
        }
    }

    private Object message(EncodedFrame picture) {
        return Map.of(
                "data", picture.metadata().values().getOrDefault("data", said),
                "image", FramePayload.dataUrl(picture, "image/jpeg"));
    }
}
