import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.config.ConfigException;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import dev.sightline.processor.FrameProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * A template for trying out an algorithm on the browser's own camera: JPEGs go up a plain WebSocket, through the
 * algorithm, and come back.
 *
 * <pre>
 * ./sightline run examples/GrayscaleTemplate.java                    settings from .env beside this file
 * ./sightline run examples/GrayscaleTemplate.java other.env
 * </pre>
 *
 * <p>Sizes and compression may be changed in the file while the program runs, and hold from the next picture on.
 */
@Command(name = "GrayscaleTemplate", mixinStandardHelpOptions = true)
public final class GrayscaleTemplate implements Callable<Integer> {
    private static final int LOOK_MILLIS = 100;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Settings, instead of .env beside the program.")
    private Optional<Path> file = Optional.empty();

    public static void main(String[] args) {
        System.exit(Sightline.run(new GrayscaleTemplate(), args));
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = new Settings(file.orElse(Sightline.folder().resolve(".env")));
        Values values = settings.now();

        try (SightlineServer server = Sightline.server()
                .host(values.host())
                .port(values.port("HTTP_PORT", 8080))
                .page("/client.html", "pages/client.html", settings::forPage)
                .page("/client.json", "pages/client.json", settings::forPage)
                .files("/static", "pages")
                .redirect("/", "/client.html")
                .stream(
                        "template",
                        stream -> stream.source("mirror:")
                                .process(values.text("PROCESS", "grayscale"))
                                .process("fit", () -> new Fit(settings))
                                .webSocketAt(
                                        values.port("WS_PORT", 6969),
                                        "/",
                                        () -> settings.now().quality()))
                .start()) {
            settings.webSocketPort(server.ports().get(1));
            System.out.println("Open " + server.address() + "client.html");
            System.out.println("Pictures go to ws://" + values.host() + ":"
                    + server.ports().get(1) + "/");
            while (true) {
                Thread.sleep(LOOK_MILLIS);
                settings.readAgain();
            }
        }
    }

    /** Gives every answer the size that the settings say. */
    private record Fit(Settings settings) implements FrameProcessor {
        @Override
        public void process(Frame frame) {
            Values values = settings.now();
            int width = values.size("SERVER_WIDTH", 640);
            int height = values.size("SERVER_HEIGHT", 480);
            if (width != frame.width() || height != frame.height()) {
                Mat fitted = new Mat();
                try (Size size = new Size(width, height)) {
                    opencv_imgproc.resize(frame.mat(), fitted, size, 0, 0, opencv_imgproc.INTER_AREA);
                }
                frame.replace(fitted);
            }
        }

        @Override
        public Set<PixelFormat> accepts() {
            return EnumSet.allOf(PixelFormat.class);
        }
    }

    /** What the file says now, and what it said last that made sense. */
    private static final class Settings {
        private static final List<String> NEED_RESTART = List.of("HOST", "WS_PORT", "HTTP_PORT", "PROCESS");

        private final Path file;
        private volatile Values now;
        private volatile int webSocketPort;
        private String mistake = "";

        Settings(Path file) {
            this.file = file;
            this.now = Values.read(file);
            this.webSocketPort = now.port("WS_PORT", 6969);
        }

        Values now() {
            return now;
        }

        /** The port that was taken, which is another than asked for if that was 0. */
        void webSocketPort(int taken) {
            webSocketPort = taken;
        }

        /** What stands for the placeholders of the page. */
        Map<String, String> forPage() {
            Values values = now;
            return Map.of(
                    "CLIENT_WIDTH", "" + values.size("CLIENT_WIDTH", 640),
                    "CLIENT_HEIGHT", "" + values.size("CLIENT_HEIGHT", 480),
                    "CLIENT_JPG_COMPRESSION", "" + values.compression("CLIENT_JPG_COMPRESSION"),
                    "HOST", values.host(),
                    "WS_PORT", "" + webSocketPort);
        }

        /** Takes over what has changed in the file; a file with a mistake in it changes nothing. */
        void readAgain() {
            if (Files.exists(file) && file.toFile().length() == 0) {
                return; // Who saves a file empties it first.
            }
            try {
                Values before = now;
                Values read = Values.read(file);
                mistake = "";
                if (!read.equals(before)) {
                    now = read;
                    System.out.println(file + " has changed");
                    NEED_RESTART.stream()
                            .filter(name -> !read.text(name, "").equals(before.text(name, "")))
                            .forEach(name ->
                                    System.out.println(name + " has changed: it needs a restart of the program"));
                }
            } catch (ConfigException e) {
                if (!mistake.equals(e.getMessage())) {
                    mistake = String.valueOf(e.getMessage());
                    System.out.println("The change is not taken over: " + mistake);
                }
            }
        }
    }

    /** Lines {@code NAME=value}, all of them good; empty lines and what follows a # are left out. */
    private record Values(Path file, Map<String, String> byName) {
        Values {
            byName = Map.copyOf(byName);
        }

        /** Reads the file; without one, the defaults hold. */
        static Values read(Path file) {
            Map<String, String> found = new HashMap<>();
            try {
                int number = 0;
                for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                    number++;
                    String text = line.strip().replaceFirst("^export\\s+", "");
                    if (!text.isEmpty() && !text.startsWith("#")) {
                        String[] parts = text.split("=", 2);
                        if (parts.length < 2) {
                            throw new ConfigException(file + ":" + number + ": '" + text + "' is not NAME=value");
                        }
                        found.put(parts[0].strip(), value(parts[1].strip()));
                    }
                }
            } catch (IOException e) {
                throw new ConfigException(file + " cannot be read: " + e);
            }
            return new Values(file, found).checked();
        }

        /** A value in quotes keeps its # and its spaces. */
        private static String value(String text) {
            if (text.startsWith("\"") || text.startsWith("'")) {
                int end = text.indexOf(text.charAt(0), 1);
                return end > 0 ? text.substring(1, end) : text.substring(1);
            }
            return text.replaceFirst("(^|\\s)#.*", "").strip();
        }

        private Values checked() {
            for (String side : List.of("CLIENT", "SERVER")) {
                size(side + "_WIDTH", 640);
                size(side + "_HEIGHT", 480);
                compression(side + "_JPG_COMPRESSION");
            }
            port("WS_PORT", 6969);
            port("HTTP_PORT", 8080);
            return this;
        }

        String host() {
            return text("HOST", "127.0.0.1");
        }

        /** Compression as a JPEG quality from 1 to 100: 0.6 is 60. */
        int quality() {
            return Math.max(1, (int) Math.round(compression("SERVER_JPG_COMPRESSION") * 100));
        }

        double compression(String name) {
            String text = text(name, "0.7");
            try {
                double value = Double.parseDouble(text);
                if (value >= 0 && value <= 1) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new ConfigException(file + ": " + name + " is a number from 0.0 to 1.0, not '" + text + "'");
        }

        int size(String name, int byDefault) {
            return whole(name, byDefault, 1, 4096);
        }

        int port(String name, int byDefault) {
            return whole(name, byDefault, 0, 65535);
        }

        String text(String name, String byDefault) {
            String text = byName.getOrDefault(name, "");
            return text.isBlank() ? byDefault : text;
        }

        private int whole(String name, int byDefault, int min, int max) {
            String text = text(name, "" + byDefault);
            try {
                int value = Integer.parseInt(text);
                if (value >= min && value <= max) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new ConfigException(
                    file + ": " + name + " is a whole number from " + min + " to " + max + ", not '" + text + "'");
        }
    }
}
