package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLinesTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void blocked_portsNoBrowserOpens_areWarnedOf() {
        assertThat(StartupBanner.blocked(List.of(8080, 6000, 6665, 10080, 5060, 8190)))
                .hasSize(4)
                .anyMatch(line -> line.contains("port 6665"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --prot 5                             | unknown flag '--prot', did you mean '--port'?
            --port x                             | Invalid value for option '--port': 'x' is not an int
            --port                               | Missing required parameter for option '--port' (N)
            --port 70000                         | --port is 0 to 65535, not 70000
            --port -1                            | --port is 0 to 65535, not -1
            --port 99999999999                   | Invalid value for option '--port'
            --port 1 --port 2                    | option '--port' (N) should be specified only once
            --port 8190 pattern:                 | port 8190 is for both HTTP and WebRTC
            --host no-such-host.invalid pattern: | the host 'no-such-host.invalid' is unknown: give an address
            --host 192.0.2.77 --port 0 pattern:  | 192.0.2.77 is not an address of this computer: use 127.0.0.1
            pattern: --media-port -1             | --media-port is 0 to 65535, not -1
            ptern:                               | unknown source 'ptern:', did you mean 'pattern'?
            pulish:                              | unknown source 'pulish:', did you mean 'publish'?
            publish                              | write publish: with its colon
            publish:me                           | nothing follows 'publish:'
            exec:ls                              | unknown source 'exec:'
            pattern: --process fases             | --process: unknown processor 'fases', did you mean 'faces'?
            pattern: --process faces:modell=haar | unknown key 'modell', did you mean 'model'?
            pattern: --process blur:radius=9999  | 'radius' is
            pattern: --process text              | --process: 'text' is missing
            pattern:9x9                          | pattern
            --process clock                      | --process needs a SOURCE to work on
            pattern: --config x.yml              | give either SOURCE arguments or --config, not both
            pattern: --tls on                    | --tls is off, auto, or the files of a certificate
            pattern: --tls no.pem,no.key         | no.key
            my.yml                               | 'my.yml' is a configuration: write --config my.yml
            sightline.yaml --port 0              | 'sightline.yaml' is a configuration: write --config sightline.yaml
            Faces.java                           | 'Faces.java' is a program: write run Faces.java
            --config nowhere.yml                 | there is no file nowhere.yml
            --config .                           | . is a folder; name the file in it
            check nowhere.yml                    | there is no file nowhere.yml
            check a.yml b.yml                    | unexpected argument 'b.yml'
            chek my                              | there is neither a file nor a command 'chek', did you mean 'check'?
            rtsp://me:${NO_SUCH_PW}@192.0.2.1/x  | the environment variable NO_SUCH_PW is not set
            serve pattern:                       | there is no command 'serve': name what to serve
            run nowhere.java                     | there is no file nowhere.java
            run nowhere.txt                      | run takes a Java file
            run                                  | Missing required parameter: 'FILE.java'
            a=pattern: a=pattern:                | two sources are named 'a': give each a name of its own
            a=                                   | 'a=' names no source; one is for example a=camera:0
            front.door=rtsp://admin:s3cret@cam/x | 'front.door' cannot name a stream: use 1 to 64 letters
            =pattern:                            | '' cannot name a stream
            localhost:9130/ok                    | write its protocol before it: http:// for pictures from a web server, rtsp://
            192.0.2.7/video                      | there is no file '192.0.2.7/video': write its protocol before it: http://
            cam.local:554/live                   | write its protocol before it: http://
            [2001:db8::1]:554/live               | write its protocol before it: http://
            www.example.org                      | write its protocol before it: http://
            //cam/live                           | there is no file '/cam/live', nor a folder
            rtsp//admin:s3cret@cam/x             | write rtsp://
            rtsp:/admin:s3cret@cam/x             | '***@cam/x' is not an address; one is for example 'rtsp://
            http://adm:s3cret@cam:80:90/x        | http://192.168.1.20/video.mjpg'; in a user name or password write @ as %40
            admin:s3cret@192.0.2.7/x             | '***@192.0.2.7/x' names no kind of source: write its protocol before it
            http://adm:s3/cret@127.0.0.1:0/x     | 'http://***@127.0.0.1:0/x' is not an address: a port is 1 to 65535
            http://adm:1/s3cret@cam/x            | / as %2F, # as %23
            http://cam/?loginpas=s3cret          | unknown flag '--no'
            mjpeg://admin:s3cret@cam/x           | unknown source 'mjpeg:': write http://
            rtmp://cam/live/s3cret               | RTMP is not read here
            onvif://admin:s3cret@cam             | write the rtsp:// address
            my:clip.mp4                          | a file whose name has a colon is written file:my:clip.mp4
            C:\\none\\clip.mp4                   | there is no file 'C:\\none\\clip.mp4'
            file://clip.mp4                      | write file:PATH, or file:///
            "~/clip.mp4"                         | ~ is not read here: write the whole path
            0                                    | write camera:0
            webcam                               | write camera:0
            “rtsp://admin:s3cret@cam/x”          | begins with a quotation mark
            @none                                | there is no file '@none'
            --rtsp://admin:s3cret@cam            | unknown flag '--rtsp://***@cam'
            """)
    void execute_whatTheUserGotWrong_isOneLineAndExitCodeTwo(String arguments, String message) {
        String words = arguments.contains("?loginpas") ? arguments + " --no" : arguments;
        assertThat(execute(words.split(" "))).as(err.toString()).isEqualTo(2);
        assertThat(err.toString()).startsWith("sightline: ").contains(message);
        assertThat(err.toString()).doesNotContain("s3cret", "\tat ", "java.");
        assertThat(err.toString().contains("--process")).isEqualTo(arguments.contains("--process"));
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void execute_emptyFileName_isNoFolder() {
        assertThat(execute("--config", "")).isEqualTo(2);
        assertThat(err.toString()).isEqualToIgnoringNewLines("sightline: the configuration's file name is empty");
    }

    @Test
    void execute_portTaken_saysWhichAndExitsWithTwo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int code = execute("pattern:", "--port", String.valueOf(taken.getLocalPort()));

            assertThat(code).isEqualTo(2);
            assertThat(err.toString()).contains(String.valueOf(taken.getLocalPort()));
            assertThat(err.toString().lines()).hasSize(1);
        }
    }

    @Test
    void check_goodFile_namesItsStreams() throws IOException {
        Path file = write(
                "good.yml", "streams: {a: {source: 'pattern:', process: 'motion,clock'}, b: {source: 'pattern:'}}");

        assertThat(execute("check", file.toString())).isZero();
        assertThat(out.toString()).contains("good.yml is fine: a, b");
    }

    @Test
    void check_streamsThatAreSentTo_areJudgedToo() throws IOException {
        Path good = write(
                "sent.yml",
                "streams: {me: {source: 'publish:', client-processors: 'edges,clock'},"
                        + " each: {source: 'mirror:', process: grayscale, max-senders: 2}}");
        assertThat(execute("check", good.toString())).as(err.toString()).isZero();

        Path bad = write("bad.yml", """
                streams:
                  a: {source: 'publish:', client-processors: [edgs]}
                  b: {source: 'publish:', client-processors: [edges, edges]}
                  c: {source: 'mirror:', max-senders: 0}
                """);
        assertThat(execute("check", bad.toString())).isEqualTo(2);
        Path worse = write("worse.yml", """
                streams:
                  a: {source: 'publish:', client-processors: [edgs]}
                  b: {source: 'publish:', client-processors: [edges, edges]}
                  c: {source: 'pattern:', client-processors: [edges]}
                  d: {source: 'mirror:', on-demand: true}
                """);
        assertThat(err.toString()).contains("max-senders");
        assertThat(execute("check", worse.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "unknown processor 'edgs'",
                        "'edges' is offered to senders twice",
                        "client-processors are only for publish: and mirror:",
                        "on-demand does not apply to 'mirror:'");
    }

    @Test
    void check_manyThingsWrong_tellsEachWithItsPlace() throws IOException {
        Path file = write("bad.yml", """
                htp: {}
                streams:
                  a b: {source: 'pattern:'}
                  cam: {source: 'ptern:'}
                """);

        assertThat(execute("check", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("bad.yml:1:").contains("unknown key 'htp', did you mean 'http'?");

        Path streams =
                write("streams.yml", Files.readString(file).lines().skip(1).reduce("", (a, b) -> a + b + "\n"));
        err.getBuffer().setLength(0);
        assertThat(execute("check", streams.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("'a b' cannot name a stream").contains("unknown source 'ptern:'");
    }

    @Test
    void check_processorFileBesideTheConfiguration_isCompiledAndKnown() throws IOException {
        write("BlinkTwice.java", """
                import dev.sightline.frame.Frame;
                import dev.sightline.processor.FrameProcessor;
                public final class BlinkTwice implements FrameProcessor {
                    @Override public void process(Frame frame) { frame.metadata().put("blink", frame.seq() % 2); }
                }
                """);
        Path file = write(
                "own.yml",
                "processors: [./BlinkTwice.java]\nstreams: {a: {source: 'pattern:', process: [blink-twice]}}");

        assertThat(execute("check", file.toString())).as(err.toString()).isZero();
    }

    @Test
    void check_processorFileThatDoesNotCompile_tellsTheCompilersWords() throws IOException {
        write("Broken.java", "public class Broken { int x = \"text\"; }");
        Path file = write("own.yml", "processors: [Broken.java]");

        assertThat(execute("check", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("Broken.java cannot be compiled").contains("incompatible types");
    }

    @Test
    void run_oneFileProgram_isCompiledOnceAndStartedWithItsArguments() throws IOException {
        Path result = folder.resolve("result.txt");
        Path program = write("Hello.java", """
                import java.nio.file.*;
                public class Hello {
                    public static void main(String[] args) throws Exception {
                        Files.writeString(Path.of(args[0]), dev.sightline.Sightline.class.getSimpleName() + args[1]);
                    }
                }
                """);

        assertThat(execute("run", program.toString(), result.toString(), "--flag-of-its-own"))
                .isEqualTo(RunCommand.GOES_ON);
        assertThat(result).hasContent("Sightline--flag-of-its-own");
    }

    @Test
    void version_andHelp_areAnswered() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).startsWith("sightline ").contains("Java");
        assertThat(execute("--help")).isZero();
        assertThat(out.toString()).contains("SOURCE", "--process", "check FILE");
    }

    @Test
    void execute_sources_servesUntilEnded() {
        Thread server = new Thread(() -> execute("pattern:64x48@10", "me=pattern:64x48@10", "--port", "0"));
        server.setDaemon(true);
        server.start();

        Await.until("greeting", () -> out.toString().contains("Ctrl+C"));
        assertThat(out.toString()).contains("/live/stream1", "/live/me").contains("http://127.0.0.1:");
        server.interrupt();
        Await.until("ended", () -> !server.isAlive());
    }

    private int execute(String... arguments) {
        return CommandLines.execute(new PrintWriter(out, true), new PrintWriter(err, true), List.of(arguments));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp://me:p4ssw0rd@192.0.2.1/x, true",
        "door=HTTP://me:p4ssw0rd@192.0.2.1/x, true",
        "rtsp://me:${CAM}@192.0.2.1/x, false",
        "rtsp://me@192.0.2.1/x, false",
        "http://192.0.2.1:80/x, false"
    })
    void showsPassword_inTheListOfProcesses(String source, boolean shows) {
        assertThat(ServeCommand.showsPassword(source)).isEqualTo(shows);
    }
}
