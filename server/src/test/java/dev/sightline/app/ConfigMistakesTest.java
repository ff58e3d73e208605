package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.app.configuration.Additions;
import dev.sightline.app.configuration.ConfigFile;
import dev.sightline.app.configuration.JudgedConfig;
import dev.sightline.app.configuration.StreamConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people get wrong in a configuration: each mistake is one line that names the place and the cure. */
class ConfigMistakesTest {
    /** The configuration, after a line with what is said of it: its place, then words of the cure between bars. */
    private static final String MISTAKES = """
            #: 2:1 | indented by a tab
            http:
            \tport: 8080
            #: 3:5 | further than the line above
            http:
              port: 8080
                host: 127.0.0.1
            #: 3:3 | begins with 2 spaces, and the one above with 3 | indent the keys of one level alike
            http:
               host: 127.0.0.1
              port: 8080
            #: 1:23 | 'publish:' | source: 'publish:'
            streams: {a: {source: publish:}}
            #: 3:13 | 'publish:' ends with a colon, so it needs quotes: source: 'publish:'
            streams:
              a:
                source: publish:
                process: clock
            #: 3:13 | 'pattern:' ends with a colon
            streams:
              a:
                source: pattern: # the test picture
            #: 4:7 | needs quotes: source: 'mirror:'
            streams:
              a:
                source:
                  mirror:
            #: 2:3 | a key's colon needs a space after it: port: 8080
            http:
              port:8080
            #: 2:6 | keys and values are expected here: source,
            streams:
              a: pattern:640x480@30
            #: 2:8 | a key's colon needs a space after it
            http:
              port:8080
              host: 127.0.0.1
            #: 3:13 | the quotation mark that opens here is not closed
            streams:
              a:
                source: 'pattern:
            #: 3:14 | what opens here with [ is not closed
            streams:
              a:
                process: [clock, motion
                source: 'pattern:'
            #: 3:13 | begins with @ needs quotes
            streams:
              a:
                source: @cam
            #: 3:14 | begins with *
            streams:
              a:
                source: *.mp4
            #: 3:13 | there is no &cam before this *cam
            streams:
              a:
                source: *cam
            #: 3:13 | tags such as !secret are not known; write ${NAME} or ${file:PATH}
            streams:
              a:
                source: !secret door
            #: 2:1 | a second document begins here
            streams: {}
            ---
            http: {port: 1}
            #: 2:1 | 'streams' is given a second time here
            streams: {}
            streams: {}
            #: 1:1 | unknown key 'htp', did you mean 'http'?
            htp: {port: 5000}
            #: 1:14 | 'port' is 0 to 65535, not 70000
            http: {port: 70000}
            #: 1:14 | 'port' is a number, not '8080f'
            http: {port: 8080f}
            #: 2:16 | port 9110 is for both HTTP and WebRTC: choose another
            http: {port: 9110}
            webrtc: {port: 9110}
            #: 1:1 | port 8190 is for both HTTP and WebRTC: choose another
            http: {port: 8190}
            #: 1:14 | unknown | no-such-host.invalid | 0.0.0.0
            http: {host: 'no-such-host.invalid'}
            #: 1:14 | 192.0.2.77 is not an address of this computer
            http: {host: 192.0.2.77}
            #: 1:26 | 'example.org' is not an origin | https://example.org:8443
            http: {allowed-origins: [example.org, 'https://a.example.org/']}
            #: 1:25 | without a path
            http: {allowed-origins: 'https://example.org/app'}
            #: 1:25 | * by itself allows every origin
            http: {allowed-origins: 'https://*.example.org'}
            #: 1:7 | tls is off, auto, or the files
            http: {tls: yes}
            #: 1:13 | there is no file | none.key
            http: {tls: 'none.pem,none.key'}
            #: 1:25 | 'request-timeout' is a time such as 500ms
            http: {request-timeout: 30}
            #: 1:25 | at most a year
            http: {request-timeout: 99999999999999999h}
            #: 1:23 | unknown source 'ptern:', did you mean 'pattern'?
            streams: {a: {source: 'ptern:'}}
            #: 1:23 | write publish: with its colon | 'publish:'
            streams: {a: {source: publish}}
            #: 1:23 | write its protocol before it: http:// | rtsp://
            streams: {a: {source: 'localhost:9130/ok'}}
            #: 1:23 | write its protocol before it: http:// | rtsp://
            streams: {a: {source: '192.0.2.7/video'}}
            #: 1:23 | ***@192.0.2.7 | http:// | rtsp://
            streams: {a: {source: 'admin:s3cret@192.0.2.7:554/x'}}
            #: 1:23 | a port is 1 to 65535
            streams: {a: {source: 'rtsp://admin:s3cret@192.0.2.7:99999/x'}}
            #: 1:23 | # as %23
            streams: {a: {source: 'rtsp://admin:1/s3cret@cam/x'}}
            #: 1:23 | a file whose name has a colon is written file:my:clip.mp4
            streams: {a: {source: 'my:clip.mp4'}}
            #: 1:23 | write http://
            streams: {a: {source: 'mjpeg://admin:s3cret@192.0.2.7/x'}}
            #: 1:23 | write file:PATH, or file:///
            streams: {a: {source: 'file://clip.mp4'}}
            #: 1:14 | 'source' is missing
            streams: {a: {process: clock}}
            #: 1:25 | 'a b' cannot name a stream
            streams: {a b: {source: 'pattern:'}}
            #: 1:49 | rtsp-transport is for rtsp:// and rtsps:// | leave it out
            streams: {a: {source: clip.mp4, rtsp-transport: udp}}
            #: 1:41 | loop is for files and recordings
            streams: {a: {source: 'camera:0', loop: false}}
            #: 1:48 | deinterlace is for files, cameras and servers | leave it out
            streams: {a: {source: 'publish:', deinterlace: off}}
            #: 1:48 | max-senders is for mirror: | which takes one sender
            streams: {a: {source: 'publish:', max-senders: 3}}
            #: 1:23 | on-demand does not apply to 'mirror:'
            streams: {a: {source: 'mirror:', on-demand: true}}
            #: 1:44 | unknown processor 'fases', did you mean 'faces'?
            streams: {a: {source: 'pattern:', process: fases}}
            #: 1:60 | 'radius' is
            streams: {a: {source: 'pattern:', process: [blur: {radius: 9999}]}}
            #: 1:23 | the environment variable SIGHTLINE_NOT_SET is not set | ${SIGHTLINE_NOT_SET:-otherwise}
            streams: {a: {source: '${SIGHTLINE_NOT_SET}'}}
            #: 1:23 | there is no file | missing.txt
            streams: {a: {source: 'rtsp://admin:${file:missing.txt}@h/x'}}
            #: 1:23 | is none of ${NAME}
            streams: {a: {source: 'rtsp://h/${A B}'}}
            #: 1:24 | between { } and [ ] a value with ${…} needs quotes
            streams: {a: {source: ${CLIP}}}
            #: 1:14 | 'port' is a number, not '${file:secret.txt}'
            http: {port: '${file:secret.txt}'}
            #: 1:15 | processors: there is no file | Missing.java
            processors: [ Missing.java ]
            #: 1:15 | neither a jar nor a Java file
            processors: [ clock.txt ]
            #: 1:15 | there is a processor 'clock' already, built in | another name
            processors: [ Clock.java ]
            #: 1:15 | Sour cannot be made: no model here (IllegalStateException at Sour.java:3)
            processors: [ Sour.java ]
            #: 2:44 | stream 'a': processor 'late' cannot be made: too late (IllegalStateException at Late.java:3)
            processors: [ Late.java ]
            streams: {a: {source: 'pattern:', process: late}}
            #: 1:15 | Broken.java cannot be compiled: line 1: incompatible types
            processors: [ Broken.java ]
            #: 1:1 | keys and values are expected here
            - streams
            #: 1:1 | leave out the line %YAML
            %YAML 9.9
            ---
            http: {port: 1}
            #: 1:14 | keys and values are expected here: source
            streams: {a: 'rtsp://admin:s3cret@cam/x'}
            #: 1:31 | 'https://cam.example.org/' is neither | without scheme, port and path
            http: {tls: auto, tls-names: ['https://cam.example.org/']}
            #: 1:51 | cannot be named 'connect' | choose another name
            streams: {a: {source: 'publish:', socket-io: {in: {event: connect}}}}
            #: 1:52 | cannot be named 'disconnect' | choose another name
            streams: {a: {source: 'pattern:', socket-io: {out: {event: disconnect}}}}
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static Stream<Arguments> mistakes() {
        return Stream.of(MISTAKES.split("(?m)^#: "))
                .filter(text -> !text.isBlank())
                .map(text -> {
                    String[] parts = text.split("\n", 2);
                    return Arguments.of(parts[1], parts[0]);
                });
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void check_aMistake_isOneLineWithItsPlaceAndCure(String yaml, String expected) throws IOException {
        writeFiles();
        String said = refused(yaml);

        String[] parts = expected.split(" \\| ");
        assertThat(said).contains("bad.yml:" + parts[0] + ": ");
        for (String words : List.of(parts).subList(1, parts.length)) {
            assertThat(said).contains(words.strip());
        }
        assertThat(said.lines()).hasSize(1);
    }

    @Test
    void mistakes_areAtLeastForty() {
        assertThat(mistakes()).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void start_processorsThatCannotBeMade_areToldAllAtOnce() throws IOException {
        writeFiles();
        Files.writeString(folder.resolve("late.yml"), """
                http: {port: 0}
                processors: [ Late.java ]
                workers: none
                streams:
                  a: {source: 'pattern:', process: late}
                  b: {source: 'publish:', process: [clock, late]}
                """);

        assertThat(execute("--config", "late.yml")).as(err.toString()).isEqualTo(2);

        String said = "processor 'late' cannot be made: too late (IllegalStateException at Late.java:3)";
        assertThat(err.toString().lines()).containsExactly("sightline: stream 'a': " + said, "stream 'b': " + said);
    }

    @Test
    void check_manyMistakes_tellsEachOnceInOrder() throws IOException {
        String said = refused("""
                htp: {}
                x-defaults: &slow {source: 'ptern:', process: fases}
                http: {port: 99999, allowed-origins: [example.org]}
                streams:
                  a: *slow
                  b: {<<: *slow, source: 'pattern:9x9'}
                  c c: {source: 'pattern:', max-senders: 0}
                processors: [Missing.java, Sour.java]
                """);

        assertThat(said.lines()
                        .map(line -> line.replaceFirst("^sightline: ", "").replaceFirst(".*bad.yml:(\\d+):.*", "$1")))
                .containsExactly("1", "2", "2", "3", "3", "6", "7", "7", "8", "8");
        assertThat(said)
                .contains(
                        "ptern",
                        "htp",
                        "99999",
                        "example.org",
                        "a pattern is for example pattern:1280x720@30",
                        "'c c'",
                        "max-senders",
                        "Missing");
    }

    @Test
    void check_bytesOfOtherEncodings_areReadOrNamed() throws IOException {
        String good = "streams: {größe: {source: 'pattern:'}}";
        String named = "streams: {a: {source: 'pattern:', process: ['text:text=größe']}}";
        for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Files.write(folder.resolve("bom.yml"), ("\ufeff" + named).getBytes(charset));
            assertThat(execute("check", "bom.yml")).as(err.toString()).isZero();
            Files.write(folder.resolve("plain.yml"), named.getBytes(charset));
            assertThat(execute("check", "plain.yml")).as(err.toString()).isZero();
        }
        Files.write(folder.resolve("latin.yml"), ("a: 1\n" + good).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(execute("check", "latin.yml")).isEqualTo(2);
        assertThat(err.toString()).contains("latin.yml:2:13: the byte 0xF6 is not UTF-8: save the file as UTF-8");
        Files.writeString(folder.resolve("control.yml"), "a: 1\nb: \u0001\n");
        assertThat(execute("check", "control.yml")).isEqualTo(2);
        assertThat(err.toString()).contains("control.yml:2:4: the character U+0001 is not allowed in YAML");
    }

    @Test
    void check_aliasesOfAliases_areBounded() throws IOException {
        List<String> lines = new ArrayList<>(List.of("x-a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"));
        for (int i = 1; i < 9; i++) {
            String before = "*a" + (i - 1);
            lines.add(
                    "x-a" + i + ": &a" + i + " [" + String.join(", ", java.util.Collections.nCopies(10, before)) + "]");
        }
        assertThat(refused(String.join("\n", lines)))
                .contains("bad.yml:5:")
                .contains("more is nested or repeated here");
        assertThat(refused("a: " + "[".repeat(100_000))).contains("more is nested or repeated here");
        assertThat(refused("a: &a [*a]")).contains("there is no &a before this *a");
    }

    @Test
    void read_anchorsAndMergeKeys_areTakenApart() throws IOException {
        ConfigFile read = read("""
                x-camera: &camera {on-demand: true, process: clock}
                x-rtsp: &rtsp {rtsp-transport: udp, process: motion}
                streams:
                  a: {<<: *camera, source: 'pattern:'}
                  b: {<<: [*camera, *rtsp], source: 'rtsp://h/x', on-demand: false}
                """);

        read.written().problems().throwIfAny();
        Map<String, StreamConfig> streams = read.config().streams();
        assertThat(streams.get("a").onDemand()).isTrue();
        assertThat(streams.get("b").onDemand()).isFalse();
        assertThat(streams.get("b").reading().rtspTransport()).hasToString("UDP");
        assertThat(streams.get("b").process())
                .hasToString(streams.get("a").process().toString());
    }

    @Test
    void read_valuesFromElsewhere_areFilledInAndNeverShown() throws IOException {
        writeFiles();
        ConfigFile read = read("""
                http: {port: '${PORT:-9301}', tls: 'off'}
                streams:
                  a: {source: 'rtsp://admin:${CAM}@h/x'}
                  b: {source: 'http://h/${file:secret.txt}/x', process: ['text:text=$${CAM}']}
                  c: {source: '${CLIP}.mp4'}
                """);
        JudgedConfig judged = JudgedConfig.of(read.config(), read.written(), Additions.none());

        assertThat(read.config().http().port()).isEqualTo(9301);
        assertThat(read.config().streams().get("a").source()).isEqualTo("rtsp://admin:s3cret#/@h/x");
        assertThat(read.config().streams().get("b").process().toString()).contains("text=${CAM}");
        assertThat(judged.addresses())
                .containsExactly("rtsp://***@h/x", "http://h/${file:secret.txt}/x", "${CLIP}.mp4");
        assertThat(judged.absences())
                .singleElement()
                .asString()
                .contains("${CLIP}")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "--config"})
    void execute_processorThatTellsASecretOfItsParameters_isToldWithoutIt(String command) throws IOException {
        writeFiles();
        Files.writeString(folder.resolve("Leaky.java"), """
                import dev.sightline.processor.FrameProcessor;
                import dev.sightline.processor.Parameter;
                import dev.sightline.processor.ProcessorFactory;

                public class Leaky implements ProcessorFactory<Leaky.Key> {
                    public record Key(@Parameter("Opens the model.") String key) {}
                    public String name() { return "leaky"; }
                    public String description() { return ""; }
                    public Class<Key> parameters() { return Key.class; }
                    public FrameProcessor create(Key key) { throw new IllegalStateException("no model for " + key.key()); }
                }
                """);
        Files.writeString(folder.resolve("leaky.yml"), """
                http: {port: 0}
                processors: [Leaky.java]
                streams: {a: {source: 'pattern:64x48@5', process: [leaky: {key: '${file:secret.txt}'}]}}
                """);

        assertThat(execute(command, "leaky.yml")).isEqualTo(2);
        assertThat(err.toString())
                .contains("stream 'a': processor 'leaky' cannot be made: no model for ${file:secret.txt}")
                .doesNotContain("s3cret");
    }

    @Test
    void check_pathsInAConfiguration_areRelativeToIt() throws IOException {
        writeFiles();
        Files.writeString(folder.resolve("clip.mp4"), "x");
        Files.writeString(folder.resolve("good.yml"), """
                processors: [Own.java]
                streams:
                  a: {source: clip.mp4, process: [own]}
                  b: {source: 'file:clip.mp4'}
                """);
        assertThat(execute("check", "good.yml")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("good.yml is fine: a, b").doesNotContain("At present there is no file");
    }

    private void writeFiles() throws IOException {
        Files.writeString(folder.resolve("secret.txt"), "s3cret-of-a-file\n");
        Files.writeString(folder.resolve("clock.txt"), "");
        Files.writeString(folder.resolve("Clock.java"), processor("Clock", ""));
        Files.writeString(folder.resolve("Own.java"), processor("Own", ""));
        Files.writeString(folder.resolve("Late.java"), processor("Late", """
                public Late() {
                throw new IllegalStateException("too late"); }"""));
        Files.writeString(folder.resolve("Broken.java"), "public class Broken { int x = \"text\"; }");
        Files.writeString(folder.resolve("Sour.java"), """
                public class Sour implements dev.sightline.processor.ProcessorFactory<dev.sightline.processor.NoParameters> {
                public Sour() {
                throw new IllegalStateException("no model here"); }
                public String name() { return "sour"; }
                public String description() { return ""; }
                public Class<dev.sightline.processor.NoParameters> parameters() { return null; }
                public dev.sightline.processor.FrameProcessor create(dev.sightline.processor.NoParameters p) { return null; }
                }
                """);
    }

    private static String processor(String name, String body) {
        return "public class " + name + " implements dev.sightline.processor.FrameProcessor {\n" + body
                + "\npublic void process(dev.sightline.frame.Frame frame) {} }";
    }

    private ConfigFile read(String yaml) throws IOException {
        Map<String, String> environment = Map.of("CAM", "s3cret#/", "CLIP", "s3cret-clip");
        return ConfigFile.read(
                Files.writeString(folder.resolve("good.yml"), yaml),
                name -> Optional.ofNullable(environment.get(name)));
    }

    private String refused(String yaml) throws IOException {
        Files.writeString(folder.resolve("bad.yml"), yaml);
        err.getBuffer().setLength(0);
        assertThat(execute("check", "bad.yml")).as(err + yaml).isEqualTo(2);
        assertThat(err.toString()).doesNotContain("s3cret", "\tat ", "java.lang", "org.snakeyaml");
        return err.toString();
    }

    private int execute(String command, String file) {
        return CommandLines.execute(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                List.of(command, folder.resolve(file).toString()));
    }
}
