package dev.sightline.app;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Node;
import dev.sightline.config.Place;
import dev.sightline.http.HttpSettings;
import dev.sightline.transport.webrtc.WebRtcSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sightline}: serves the given sources, a configuration, or the demo. */
@Command(
        name = "sightline",
        description = "Live vision: any camera in, code on every picture, any number of browsers out.",
        mixinStandardHelpOptions = true,
        versionProvider = ServeCommand.VersionProvider.class,
        subcommands = {RunCommand.class, CheckCommand.class, WarmUpCommand.class},
        synopsisSubcommandLabel = "[run FILE.java | check FILE]",
        footer = {
            "",
            "With nothing given: sightline.yml of this folder if there is one, else a demo.",
            "",
            "  sightline camera:0 --process faces,clock",
            "  sightline door=rtsp://user:password@192.0.2.7/stream clip.mp4 --port 5000"
        })
final class ServeCommand implements Callable<Integer> {
    private static final Path DEFAULT_FILE = Path.of("sightline.yml");

    @Parameters(
            paramLabel = "SOURCE",
            description =
                    "What to serve: rtsp://…, http(s)://…, a file, camera:0, pattern:1280x720@30, publish:, mirror:;"
                            + " a name may stand before it: door=rtsp://…")
    private List<String> sources = List.of();

    @Option(names = "--port", paramLabel = "N", description = "Port to listen on (8080); 0 takes a free one.")
    private @Nullable Integer port;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on (127.0.0.1).")
    private @Nullable String host;

    @Option(
            names = "--media-port",
            paramLabel = "N",
            description = "UDP and TCP port for WebRTC (8190); 0 takes a free one.")
    private @Nullable Integer mediaPort;

    @Option(
            names = "--tls",
            paramLabel = "HOW",
            description =
                    "HTTPS: auto makes the certificate; CERTIFICATE,KEY are files of your own; off (the default).")
    private @Nullable String tls;

    @Option(
            names = "--process",
            paramLabel = "STEPS",
            description = "Processors for every SOURCE: resize:width=400,faces,clock.")
    private @Nullable String process;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration to serve.")
    private @Nullable Path configFile;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Path file = file().orElse(null);
        SightlineConfig config = file == null ? fromArguments() : ConfigFile.read(file);
        Path folder = file == null ? Path.of("") : folderOf(file);
        SightlineConfig wanted = config.with(settings(config.http()));
        if (mediaPort != null) {
            wanted = wanted.with(config.media().withPort(port("--media-port", mediaPort)));
        }
        Composition composition = Composition.of(wanted, folder, Additions.none());
        if (!sources.isEmpty()) {
            composition.refuseAbsent();
        }
        serve(composition);
        return 0;
    }

    /** The configuration file to serve, given or found; empty where sources or the demo are served. */
    private Optional<Path> file() {
        if (configFile != null && !sources.isEmpty()) {
            throw new ConfigException("give either SOURCE arguments or --config, not both");
        }
        Optional<Path> file = Optional.ofNullable(configFile);
        if (file.isEmpty() && sources.isEmpty() && Files.exists(DEFAULT_FILE)) {
            file = Optional.of(DEFAULT_FILE);
        }
        if (process != null && (file.isPresent() || sources.isEmpty())) {
            throw new ConfigException("--process needs a SOURCE to work on: sightline camera:0 --process " + process);
        }
        return file;
    }

    private SightlineConfig fromArguments() {
        if (sources.isEmpty()) {
            return Demo.config(Composition::source);
        }
        Place place = new Place("--process", 1, 1);
        Node steps = process == null ? new Node.Empty(place) : new Node.Scalar(process, place);
        Map<String, StreamConfig> streams = new LinkedHashMap<>();
        NamedSource.all(sources).forEach((name, address) -> streams.put(name, StreamConfig.of(address, steps)));
        return new SightlineConfig(HttpSettings.DEFAULTS, WebRtcSettings.DEFAULTS, List.of(), streams);
    }

    private HttpSettings settings(HttpSettings configured) {
        HttpSettings settings = configured;
        if (port != null) {
            settings = settings.withPort(port("--port", port));
        }
        if (tls != null) {
            settings = withTls(settings, tls);
        }
        return host == null ? settings : settings.withHost(host);
    }

    private static int port(String flag, int port) {
        if (port < 0 || port > 65535) {
            throw new ConfigException(flag + " is 0 to 65535, not " + port);
        }
        return port;
    }

    /** Files are relative to the folder that the command is given in, whatever the configuration's. */
    private static HttpSettings withTls(HttpSettings settings, String tls) {
        String[] files = tls.split(",", -1);
        try {
            return settings.withTls(
                    files.length == 2 && Stream.of(files).noneMatch(String::isBlank)
                            ? Path.of(files[0]).toAbsolutePath() + ","
                                    + Path.of(files[1]).toAbsolutePath()
                            : tls);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--" + e.getMessage());
        }
    }

    private static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? Path.of("") : parent;
    }

    private void serve(Composition composition) throws InterruptedException {
        try (RunningServer server = composition.start()) {
            Farewell.onExit(out());
            Greeting.print(server, out());
            server.awaitClose();
        } catch (IOException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    @SuppressWarnings("DefaultCharset") // the console's
    private PrintWriter out() {
        return spec == null
                ? new PrintWriter(System.out, true)
                : spec.commandLine().getOut();
    }

    /** Answers {@code --version}. */
    static final class VersionProvider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "sightline " + Version.TEXT + " (Java " + Runtime.version().feature() + ", "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ")"
            };
        }
    }
}
