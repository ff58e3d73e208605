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
import java.util.Set;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

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
public final class GrayscaleTemplate {
    private static final List<String> NEED_RESTART = List.of("HOST", "WS_PORT", "HTTP_PORT", "PROCESS");

    public static void main(String[] args) throws IOException, InterruptedException {
        Settings settings = new Settings(
                args.length > 0 ? Path.of(args[0]) : Sightline.folder().resolve(".env"));
        String host = settings.text("HOST", "127.0.0.1");
        int webSocketPort = settings.number("WS_PORT", 6969, 0, 65535);

        try (SightlineServer server = Sightline.server()
                .host(host)
                .port(settings.number("HTTP_PORT", 8080, 0, 65535))
                .page("/client.html", "pages/client.html", settings::forPage)
                .page("/client.json", "pages/client.json", settings::forPage)
                .files("/static", "pages")
                .redirect("/", "/client.html")
                .stream(
                        "template",
                        stream -> stream.source("mirror:")
                                .process(settings.text("PROCESS", "grayscale"))
                                .process("fit", () -> new Fit(settings))
                                .webSocketAt(webSocketPort, "/", () -> settings.quality("SERVER_JPG_COMPRESSION")))
                .start()) {
            settings.ports(server.ports());
            System.out.println("Open " + server.address() + "client.html");
            System.out.println(
                    "Pictures go to ws://" + host + ":" + server.ports().get(1) + "/");
            while (true) {
                Thread.sleep(500);
                settings.readAgain();
            }
        }
    }

    /** Gives every answer the size that the settings say. */
    private record Fit(Settings settings) implements FrameProcessor {
        @Override
        public void process(Frame frame) {
            int width = settings.number("SERVER_WIDTH", 640, 1, 4096);
            int height = settings.number("SERVER_HEIGHT", 480, 1, 4096);
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

    /** A file of lines {@code NAME=value}; empty lines and what follows a # are left out. */
    private static final class Settings {
        private final Path file;
        private volatile Map<String, String> values;
        private volatile List<Integer> ports = List.of();

        Settings(Path file) throws IOException {
            this.file = file;
            this.values = read();
            forPage();
            quality("SERVER_JPG_COMPRESSION");
            number("SERVER_WIDTH", 640, 1, 4096);
            number("SERVER_HEIGHT", 480, 1, 4096);
        }

        void ports(List<Integer> taken) {
            ports = taken;
        }

        /** Takes over what has changed in the file; a file with a mistake in it changes nothing. */
        void readAgain() {
            Map<String, String> before = values;
            try {
                Map<String, String> now = read();
                if (now.equals(before)) {
                    return;
                }
                values = now;
                forPage();
                quality("SERVER_JPG_COMPRESSION");
                System.out.println(file + " has changed");
                for (String name : NEED_RESTART) {
                    if (!now.getOrDefault(name, "").equals(before.getOrDefault(name, ""))) {
                        System.out.println(name + " has changed: start the program again for it to hold");
                    }
                }
            } catch (IOException | ConfigException e) {
                values = before;
                System.out.println("the change is not taken over: " + e.getMessage());
            }
        }

        String text(String name, String byDefault) {
            return values.getOrDefault(name, byDefault);
        }

        int number(String name, int byDefault, int min, int max) {
            return (int) decimal(name, byDefault, min, max);
        }

        /** Compression from 0.0 to 1.0 as a JPEG quality from 1 to 100. */
        int quality(String name) {
            return Math.max(1, (int) Math.round(decimal(name, 0.7, 0, 1) * 100));
        }

        /** What stands for the placeholders of the page. */
        Map<String, String> forPage() {
            Map<String, String> page = new HashMap<>();
            page.put("CLIENT_WIDTH", "" + number("CLIENT_WIDTH", 640, 1, 4096));
            page.put("CLIENT_HEIGHT", "" + number("CLIENT_HEIGHT", 480, 1, 4096));
            page.put("CLIENT_JPG_COMPRESSION", "" + decimal("CLIENT_JPG_COMPRESSION", 0.7, 0, 1));
            page.put("HOST", text("HOST", "127.0.0.1"));
            page.put("WS_PORT", "" + (ports.size() > 1 ? ports.get(1) : number("WS_PORT", 6969, 0, 65535)));
            return page;
        }

        private double decimal(String name, double byDefault, double min, double max) {
            String text = text(name, "" + byDefault);
            try {
                double value = Double.parseDouble(text);
                if (value >= min && value <= max) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new ConfigException(
                    file + ": " + name + " is a number from " + min + " to " + max + ", not '" + text + "'");
        }

        private Map<String, String> read() throws IOException {
            Map<String, String> found = new HashMap<>();
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    String[] parts = line.strip().split("=", 2);
                    if (parts.length == 2 && !parts[0].startsWith("#")) {
                        String name = parts[0].replaceFirst("^export\\s+", "").strip();
                        found.put(name, value(parts[1].strip()));
                    }
                }
            }
            return found;
        }

        /** A value in quotes keeps its # and its spaces. */
        private static String value(String text) {
            if (text.startsWith("\"") || text.startsWith("'")) {
                int end = text.indexOf(text.charAt(0), 1);
                return end > 0 ? text.substring(1, end) : text.substring(1);
            }
            return text.replaceFirst("(^|\\s)#.*", "").strip();
        }
    }
}
