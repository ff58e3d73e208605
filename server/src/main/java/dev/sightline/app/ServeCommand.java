package dev.sightline.app;

import dev.sightline.app.configuration.Additions;
import dev.sightline.app.configuration.ConfigFile;
import dev.sightline.app.configuration.ConfigOrigin;
import dev.sightline.app.configuration.JudgedConfig;
import dev.sightline.app.configuration.LogFormat;
import dev.sightline.app.configuration.SightlineConfig;
import dev.sightline.app.configuration.StreamConfig;
import dev.sightline.app.configuration.Written;
import dev.sightline.auth.AuthSettings;
import dev.sightline.config.ConfigException;
import dev.sightline.config.Nearest;
import dev.sightline.config.Node;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.config.Values;
import dev.sightline.http.HttpSettings;
import dev.sightline.source.AddressHint;
import dev.sightline.transport.webrtc.WebRtcSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
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
        subcommands = {RunCommand.class, CheckCommand.class, PasswordCommand.class, WarmUpCommand.class},
        synopsisSubcommandLabel = "[run [--watch] FILE.java | check FILE | password]",
        footer = {
            "",
            "With nothing given: sightline.yml (or .yaml) of this folder if there is one, else a demo.",
            "",
            "  sightline camera:0 --process faces,clock",
            "  sightline door=rtsp://user:password@192.0.2.7/stream clip.mp4 --port 5000"
        })
final class ServeCommand implements Callable<Integer> {
    private static final List<String> COMMANDS = List.of("check", "run", "password", "--help", "--version");

    private static final Pattern PASSWORD =
            Pattern.compile("(?i)(?:[\\w-]+=)?(?:rtsps?|https?)://[^:@]*:(?!\\$\\{)[^@]+@.*");

    /** Words that people write as a command, but which are none. */
    private static final Set<String> NO_COMMANDS = Set.of("serve", "start", "demo", "server", "stream");

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
            names = "--auth",
            paramLabel = "HOW",
            description = "Logins: auto (the default: where other computers can reach it), login, none.")
    private @Nullable String auth;

    @Option(
            names = "--process",
            paramLabel = "STEPS",
            description = "Processors for every SOURCE: resize:width=400,faces,clock.")
    private @Nullable String process;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration to serve.")
    private @Nullable Path configFile;

    @Option(names = "--log", paramLabel = "FORMAT", description = "The log: text, or json for one object per line.")
    private @Nullable LogFormat log;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (log != null) {
            Logging.use(log);
        }
        Optional<Path> file = file();
        Composition composition = file.isPresent() ? ofFile(file.get()) : ofArguments();
        if (!sources.isEmpty()) {
            composition.refuseAbsent();
        } else {
            CommandLines.out(spec)
                    .println(
                            file.isEmpty()
                                    ? "This is the demo: no SOURCE is given, and there is no sightline.yml here."
                                    : "The configuration is "
                                            + file.get().toAbsolutePath().normalize());
        }
        serve(composition);
        return 0;
    }

    private Composition ofFile(Path file) {
        ConfigFile read = ConfigFile.read(file);
        ConfigOrigin origin = new ConfigOrigin(Optional.of(file), this::withFlags);
        return Composition.of(withFlags(read.config()), read.written(), Additions.none(), origin);
    }

    private Composition ofArguments() {
        Problems problems = new Problems();
        SightlineConfig config = withFlags(fromArguments(problems));
        Written written = Written.inCode(config, Path.of(""), problems);
        Composition composition = Composition.of(config, written, Additions.none(), ConfigOrigin.noFile());
        NamedSource.all(sources).forEach(this::warnOfPassword);
        return composition;
    }

    private SightlineConfig withFlags(SightlineConfig config) {
        SightlineConfig wanted = withAuth(config.with(settings(config.http())).with(log == null ? config.log() : log));
        return mediaPort == null ? wanted : wanted.with(config.media().withPort(port("--media-port", mediaPort)));
    }

    private SightlineConfig withAuth(SightlineConfig config) {
        try {
            return auth == null ? config : config.with(config.auth().withMode(AuthSettings.mode(auth)));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--" + e.getMessage());
        }
    }

    /** The configuration file to serve, given or found; empty if sources or the demo are served. */
    private Optional<Path> file() {
        if (configFile != null && !sources.isEmpty()) {
            throw new ConfigException("give either SOURCE arguments or --config, not both");
        }
        Optional<Path> file = Optional.ofNullable(configFile);
        if (file.isEmpty() && sources.isEmpty()) {
            file = ConfigFile.find(Path.of(""));
        }
        sources.forEach(ServeCommand::refuseNoSource);
        if (process != null && (file.isPresent() || sources.isEmpty())) {
            throw new ConfigException("--process needs a SOURCE to work on: sightline camera:0 --process " + process);
        }
        return file;
    }

    private SightlineConfig fromArguments(Problems problems) {
        if (sources.isEmpty()) {
            return Demo.config(JudgedConfig::source);
        }
        Place place = process == null ? Place.NOWHERE : new Place("--process", 1, 1);
        Node steps = process == null ? new Node.Empty(place) : new Node.Scalar(process, place);
        Map<String, StreamConfig> streams = new LinkedHashMap<>();
        NamedSource.all(sources)
                .forEach((name, address) -> streams.put(name, StreamConfig.of(filled(address, problems), steps)));
        problems.throwIfAny();
        return new SightlineConfig(HttpSettings.DEFAULTS, WebRtcSettings.DEFAULTS, List.of(), streams);
    }

    /** The address with its references filled in, as in a configuration: what follows the program's name is no secret. */
    private static String filled(String address, Problems problems) {
        Values values = new Values(name -> Optional.ofNullable(System.getenv(name)), Path.of(""));
        Node filled = values.fill(new Node.Scalar(address, Place.NOWHERE), problems);
        return filled instanceof Node.Scalar scalar ? scalar.text() : address;
    }

    /** Whether it has a password that is no reference. */
    static boolean showsPassword(String source) {
        return PASSWORD.matcher(source).matches();
    }

    private void warnOfPassword(String name, String address) {
        if (showsPassword(address)) {
            CommandLines.err(spec)
                    .println("The password of '" + name
                            + "' stands in this computer's list of processes, where every user"
                            + " may read it. Better set a variable, and write '${CAM_PASSWORD}' in its place.");
        }
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

    /** Files are relative to the command's working folder, not to the configuration's. */
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

    /** Refuses an argument that should be a source, but is not. */
    private static void refuseNoSource(String source) {
        String word = source.strip();
        if (word.matches("(?i)[^:]*\\.ya?ml")) {
            throw new ConfigException("'" + source + "' is a configuration: write --config " + source);
        }
        if (word.matches("(?i)[^:]*\\.(?:java|jar)")) {
            throw new ConfigException("'" + source + "' is a program: write run " + source
                    + ", or name it under 'processors' in a configuration");
        }
        if (word.isEmpty()) {
            throw new ConfigException("a SOURCE is empty; one is for example camera:0");
        }
        boolean absent = word.matches("[A-Za-z-]+") && !Files.exists(Path.of(word));
        if (absent && NO_COMMANDS.contains(word)) {
            throw new ConfigException(
                    "there is no command '" + word + "': name what to serve, as in sightline camera:0;"
                            + " nothing named serves sightline.yml, or a demo");
        }
        if (absent
                && AddressHint.of(word).isEmpty()
                && Nearest.to(word, COMMANDS).isPresent()) {
            throw new ConfigException(
                    "there is neither a file nor a command '" + word + "'" + Nearest.hint(word, COMMANDS));
        }
    }

    private void serve(Composition composition) throws InterruptedException {
        Natives.require(CommandLines.err(spec));
        use(composition.judged().config());
        try (RunningServer server = composition.start()) {
            server.configuration().onApplied(applied -> use(applied.config()));
            ShutdownSummary.onExit(CommandLines.out(spec));
            HeapReturn.start();
            StartupBanner.print(server, CommandLines.out(spec));
            server.awaitClose();
        } catch (IOException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    /** The environment may have asked for JSON already. */
    private static void use(SightlineConfig config) {
        if (config.log() == LogFormat.JSON) {
            Logging.use(LogFormat.JSON);
        }
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
