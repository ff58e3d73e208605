import dev.sightline.ServerOptions;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import dev.sightline.processor.FrameProcessor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * A template for trying out an algorithm on the browser's own camera: JPEGs go up a plain WebSocket, through the
 * algorithm, and come back.
 *
 * <pre>
 * ./sightline run examples/GrayscaleTemplate.java                    settings from .env beside this file
 * ./sightline run examples/GrayscaleTemplate.java other.env
 * PROCESS=edges ./sightline run examples/GrayscaleTemplate.java      the environment wins over the file, flags over both
 * </pre>
 *
 * <p>The file may be changed while the program runs: sizes and compression hold from the next picture on, for the rest
 * the server starts again within the program.
 */
@Command(name = "GrayscaleTemplate", mixinStandardHelpOptions = true)
public final class GrayscaleTemplate implements Callable<Integer> {
    private static final int LOOK_MILLIS = 100;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Settings, instead of .env beside the program.")
    private Optional<Path> file = Optional.empty();

    @Spec
    private CommandSpec command;

    @Mixin
    private ServerOptions options = new ServerOptions();

    public static void main(String[] args) {
        System.exit(Sightline.run(new GrayscaleTemplate(), args));
    }

    @Override
    public Integer call() throws InterruptedException {
        file.filter(given -> !Files.exists(given)).ifPresent(given -> {
            throw new ParameterException(command.commandLine(), "there is no file " + given);
        });
        Settings settings = settings(file.orElse(Sightline.folder().resolve(".env")));
        SightlineServer server = start(settings);
        try {
            while (true) {
                Values before = settings.now();
                Thread.sleep(LOOK_MILLIS);
                settings.readAgain();
                if (settings.now().needsOtherServerThan(before)) {
                    server.close();
                    server = startOr(before, settings);
                }
            }
        } finally {
            server.close();
        }
    }

    private Settings settings(Path from) {
        try {
            return new Settings(from);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    /** Starts what the settings say now; where that cannot be, what they said before. */
    private SightlineServer startOr(Values before, Settings settings) {
        try {
            return start(settings);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            System.out.println("The change is not taken over: " + e.getMessage());
            settings.takeBack(before);
            return start(settings);
        }
    }

    private SightlineServer start(Settings settings) {
        Values values = settings.now();
        Sightline sightline = Sightline.server()
                .host(values.text(Key.HOST))
                .port(settings.httpPort())
                .tls(values.text(Key.TLS))
                .allowedOrigins(values.list(Key.ALLOW_ORIGIN));
        SightlineServer server = options
                .applyTo(sightline)
                .page("/client.html", "pages/client.html", settings::forPage)
                .page("/client.json", "pages/client.json", settings::forPage)
                .files("/static", "pages")
                .redirect("/", "client.html")
                .stream(
                        "template",
                        stream -> stream.source("mirror:")
                                .process(values.text(Key.PROCESS))
                                .process("fit", () -> new Fit(settings))
                                .webSocketAt("/pictures", settings::quality)
                                .webSocketAt(settings.webSocketPort(), "/", settings::quality))
                .start();
        settings.taken(server.ports());
        System.out.println("Open " + server.address() + "client.html");
        String scheme = server.address().getScheme().equals("https") ? "wss" : "ws";
        System.out.println("Pictures go to " + scheme + "://" + server.address().getHost() + ":"
                + server.ports().get(1) + "/");
        server.greeting("It").stream().skip(1).forEach(System.out::println);
        return server;
    }

    /** Gives every answer the size that the settings say. */
    private record Fit(Settings settings) implements FrameProcessor {
        @Override
        public void process(Frame frame) {
            Values values = settings.now();
            int width = values.whole(Key.SERVER_WIDTH);
            int height = values.whole(Key.SERVER_HEIGHT);
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

    /** Every setting, and what holds where nothing is said. */
    private enum Key {
        CLIENT_WIDTH("640", Kind.SIZE),
        CLIENT_HEIGHT("480", Kind.SIZE),
        CLIENT_JPG_COMPRESSION("0.7", Kind.FRACTION),
        SERVER_WIDTH("640", Kind.SIZE),
        SERVER_HEIGHT("480", Kind.SIZE),
        SERVER_JPG_COMPRESSION("0.7", Kind.FRACTION),
        PROCESS("grayscale", Kind.TEXT),
        HOST("127.0.0.1", Kind.TEXT),
        WS_PORT("6969", Kind.PORT),
        HTTP_PORT("8080", Kind.PORT),
        TLS("off", Kind.TLS),
        ALLOW_ORIGIN("", Kind.TEXT);

        private final String byDefault;
        private final Kind kind;

        Key(String byDefault, Kind kind) {
            this.byDefault = byDefault;
            this.kind = kind;
        }
    }

    /** What a value may be. */
    private enum Kind {
        SIZE("a whole number from 1 to 4096", "\\d{1,4}", 1, 4096),
        PORT("a whole number from 0 to 65535", "\\d{1,5}", 0, 65535),
        FRACTION("a number from 0.0 to 1.0", "\\d*\\.?\\d+|\\d+\\.", 0, 1),
        TLS("off, auto, or cert.pem,key.pem", "off|auto|[^,]+,[^,]+", 0, 0),
        TEXT("text", ".*", 0, 0);

        private final String words;
        private final String pattern;
        private final double least;
        private final double most;

        Kind(String words, String pattern, double least, double most) {
            this.words = words;
            this.pattern = pattern;
            this.least = least;
            this.most = most;
        }

        boolean takes(String text) {
            if (!text.matches(pattern) || most == 0) {
                return text.matches(pattern);
            }
            double number = Double.parseDouble(text);
            return number >= least && number <= most;
        }
    }

    /** What the file and the environment say now, or said last that made sense. */
    private static final class Settings {
        private final Path file;
        /** At the last look. */
        private Values seen;
        /** Taken over last, or taken back. */
        private Values read;

        private volatile Values now;
        private volatile List<Integer> taken = List.of(0, 0);
        private String mistake = "";
        /** The looks in a row that found it. */
        private int mistakes;

        Settings(Path file) {
            this.file = file;
            this.read = Values.read(file);
            this.seen = read;
            this.now = read;
            now.hints().forEach(System.out::println);
        }

        Values now() {
            return now;
        }

        /** What was read cannot be; it is tried again when the file changes once more. */
        void takeBack(Values before) {
            now = before;
        }

        /** The ports that were taken, the page's and the pictures'; others than asked for where that was 0. */
        void taken(List<Integer> ports) {
            taken = ports;
        }

        /** A free port, once taken, is kept. */
        int httpPort() {
            int asked = now.whole(Key.HTTP_PORT);
            return asked == 0 ? taken.get(0) : asked;
        }

        int webSocketPort() {
            int asked = now.whole(Key.WS_PORT);
            return asked == 0 ? taken.get(1) : asked;
        }

        /** Compression as a JPEG quality from 1 to 100: 0.6 is 60. */
        int quality() {
            return Math.max(1, (int) Math.round(Double.parseDouble(now.text(Key.SERVER_JPG_COMPRESSION)) * 100));
        }

        /** What stands for the placeholders of the page. */
        Map<String, String> forPage() {
            return Map.of(
                    "CLIENT_WIDTH",
                    now.text(Key.CLIENT_WIDTH),
                    "CLIENT_HEIGHT",
                    now.text(Key.CLIENT_HEIGHT),
                    "CLIENT_JPG_COMPRESSION",
                    "" + Double.parseDouble(now.text(Key.CLIENT_JPG_COMPRESSION)),
                    "HOST",
                    now.text(Key.HOST),
                    "HTTP_PORT",
                    "" + taken.get(0),
                    "WS_PORT",
                    "" + taken.get(1));
        }

        /** Takes over what has changed in the file, once two looks agree: it may be half written. A mistake changes nothing. */
        void readAgain() {
            if (file.toFile().length() == 0) {
                seen = read;
                return; // Who saves a file empties it first, or replaces it.
            }
            Values found;
            try {
                found = Values.read(file);
            } catch (IllegalArgumentException e) {
                mistaken(String.valueOf(e.getMessage()));
                return;
            }
            mistakes = 0;
            if (found.equals(seen) && !found.equals(read)) {
                read = found;
                now = found;
                System.out.println(file + " has changed");
                found.hints().forEach(System.out::println);
            }
            seen = found;
        }

        private void mistaken(String what) {
            mistakes = what.equals(mistake) ? mistakes + 1 : 1;
            mistake = what;
            seen = read;
            if (mistakes == 2) {
                System.out.println("The change is not taken over: " + what);
            }
        }
    }

    /**
     * The value of each key that has one, all of them good.
     *
     * @param hints what else is worth telling
     */
    private record Values(Map<Key, String> byKey, List<String> hints) {
        /** The settings for which a server starts again. */
        private static final Set<Key> SERVER =
                EnumSet.of(Key.PROCESS, Key.HOST, Key.WS_PORT, Key.HTTP_PORT, Key.TLS, Key.ALLOW_ORIGIN);

        /** Lines {@code NAME=value}; the environment wins, and what neither says has its default. */
        static Values read(Path file) {
            Map<Key, String> found = new EnumMap<>(Key.class);
            List<String> hints = new ArrayList<>();
            int number = 0;
            for (String line : lines(file)) {
                number++;
                String text = line.strip().replaceFirst("^export\\s+", "");
                if (!text.isEmpty() && !text.startsWith("#")) {
                    String[] parts = text.split("=", 2);
                    String place = file + ":" + number + ": ";
                    if (parts.length < 2) {
                        throw new IllegalArgumentException(place + "'" + text + "' is not NAME=value");
                    }
                    key(parts[0].strip(), place, hints)
                            .ifPresent(key -> put(found, key, value(parts[1].strip()), place));
                }
            }
            for (Key key : Key.values()) {
                String outside = System.getenv(key.name());
                if (outside != null && !outside.isBlank()) {
                    put(found, key, outside.strip(), "environment: ");
                    hints.add("From the environment: " + key + "=" + outside.strip());
                }
            }
            return new Values(Map.copyOf(found), List.copyOf(hints));
        }

        private static List<String> lines(Path file) {
            try {
                return Files.exists(file) ? Files.readAllLines(file) : List.of();
            } catch (IOException e) {
                throw new IllegalArgumentException(file + " cannot be read: " + e);
            }
        }

        /** The key of that name; another program's, or a misspelt one, is told and left out. */
        private static Optional<Key> key(String name, String place, List<String> hints) {
            List<String> known = Arrays.stream(Key.values()).map(Enum::name).toList();
            if (!known.contains(name)) {
                String hint = alike(name, known)
                        .map(each -> ", did you mean '" + each + "'?")
                        .orElse("; it is left out");
                hints.add(place + "unknown key '" + name + "'" + hint);
                return Optional.empty();
            }
            return Optional.of(Key.valueOf(name));
        }

        /** The known key that begins most like it, if more than half of it does. */
        private static Optional<String> alike(String name, List<String> known) {
            return known.stream()
                    .max(Comparator.comparingInt(each -> common(name, each)))
                    .filter(each -> common(name, each) > name.length() / 2);
        }

        private static int common(String name, String other) {
            int differ = Arrays.mismatch(name.toCharArray(), other.toCharArray());
            return differ < 0 ? name.length() : differ;
        }

        private static void put(Map<Key, String> found, Key key, String text, String place) {
            if (!text.isEmpty() && !key.kind.takes(text)) {
                throw new IllegalArgumentException(place + key + " is " + key.kind.words + ", not '" + text + "'");
            }
            found.put(key, text);
        }

        /** A value in quotes keeps its # and its spaces. */
        private static String value(String text) {
            if (text.startsWith("\"") || text.startsWith("'")) {
                int end = text.indexOf(text.charAt(0), 1);
                return end > 0 ? text.substring(1, end) : text.substring(1);
            }
            return text.replaceFirst("(^|\\s)#.*", "").strip();
        }

        boolean needsOtherServerThan(Values other) {
            return SERVER.stream().anyMatch(key -> !text(key).equals(other.text(key)));
        }

        String text(Key key) {
            String text = byKey.getOrDefault(key, "");
            return text.isBlank() ? key.byDefault : text;
        }

        String[] list(Key key) {
            return Arrays.stream(text(key).split(","))
                    .filter(item -> !item.isBlank())
                    .toArray(String[]::new);
        }

        int whole(Key key) {
            return Integer.parseInt(text(key));
        }
    }
}
