package dev.sightline.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.source.http.CameraAnswerFuzz;
import dev.sightline.transport.socketio.PacketFuzz;
import dev.sightline.transport.webrtc.rtp.RtpFuzz;
import dev.sightline.transport.webrtc.sdp.SdpFuzz;
import dev.sightline.transport.webrtc.transport.MediaPacketFuzz;
import dev.sightline.transport.websocket.SentMessageFuzz;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs Jazzer on every parser of what comes from outside, all together with some thousand inputs; with {@code
 * -Dsightline.long=true} each for ten minutes. What it has learned stays in {@code target/fuzz}, and so does an input
 * that broke a parser.
 */
class FuzzIT {
    private static final boolean LONG = Boolean.getBoolean("sightline.long");
    private static final List<Class<?>> EACH = List.of(
            JpegHeaderFuzz.class,
            SentPictureFuzz.class,
            VideoHeaderFuzz.class,
            CameraAnswerFuzz.class,
            SentMessageFuzz.class,
            PacketFuzz.class,
            SdpFuzz.class,
            RtpFuzz.class,
            MediaPacketFuzz.class);
    private static final int SECONDS = LONG ? 600 : 60;
    /** On a busy machine a few seconds are no more than a beginning: then it is inputs that count. */
    private static final int RUNS = LONG ? -1 : 2_000;

    private static final int PATIENCE_SECONDS = SECONDS + 120;
    private static final Pattern NOT_NEEDED = Pattern.compile(
            "(jython|autobahn|archunit|assertj|byte-buddy|playwright|driver)[^/\\\\]*\\.jar|-(linux|macosx|windows)-");

    static List<Class<?>> targets() {
        return LONG ? EACH : List.of(EveryFuzz.class);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void parser_anyInput_throwsNothingUnexpected(Class<?> target) throws Exception {
        Path folder = Path.of("target", "fuzz", target.getSimpleName());
        Path learned = Files.createDirectories(folder.resolve("learned"));
        Path log = folder.resolve("log.txt");

        Process jazzer = start(target, folder, learned, log);
        try {
            assertThat(jazzer.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            jazzer.destroyForcibly();
        }

        String said = Files.readString(log);
        assertThat(jazzer.exitValue()).as("%s; see %s", ending(said), folder).isZero();
        assertThat(said).as("it has run").containsPattern("Done \\d{4,} runs");
    }

    private static Process start(Class<?> target, Path folder, Path learned, Path log) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=" + (LONG ? 4 : 1),
                "-Dio.netty.noUnsafe=true",
                "-cp",
                classPath(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=dev.sightline.**",
                // Its sanitizers look for injections, which parsers have none of; weaving them in takes longer than the
                // run.
                "--custom_hook_includes=dev.sightline.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-max_total_time=" + SECONDS,
                "-runs=" + RUNS,
                "-max_len=65536",
                learned.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Jazzer reads all of it, several times: what no parser needs costs more time than the fuzzing. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !NOT_NEEDED.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String ending(String text) {
        return text.substring(Math.max(0, text.length() - 3_000));
    }
}
