package dev.sightline.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is handed out, as far as it shows without packing it: the distribution's {@code bin/sightline}, with a Java that only says
 * what it was asked, and the POMs. {@code dist/test} and {@code dist/consumer-test} try the rest.
 */
@DisabledOnOs(OS.WINDOWS)
class DistributionTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]*)</artifactId>");

    @TempDir
    private Path folder;

    private Path home;

    private record Ended(long pid, int code, List<String> said) {}

    @BeforeEach
    void unpack() throws IOException {
        home = folder.resolve("opt/sightline 1");
        script(home.resolve("bin/sightline"), Files.readString(ROOT.resolve("dist/sightline")));
        script(
                home.resolve("runtime/bin/java"),
                "#!/bin/sh\necho $$\npwd\necho \"$LC_CTYPE $MALLOC_ARENA_MAX\"\nfor word; do echo \"$word\"; done\nexit 7\n");
    }

    @Test
    void start_throughLinks_runsItsOwnJavaInTheCallersFolder() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path relative = Files.createSymbolicLink(bin.resolve("sl"), Path.of("../opt/sightline 1/bin/sightline"));
        Path absolute = Files.createSymbolicLink(folder.resolve("sl"), relative);
        Ended ended =
                start(absolute, Map.of("SIGHTLINE_JAVA_OPTS", "-Xmx1g -Xss1m"), "cam=two words.mp4", "--port", "0");
        Path lib = home.toRealPath().resolve("lib");
        assertThat(ended.said())
                .containsExactly(
                        Long.toString(ended.pid()), // so that signals come to it
                        folder.toRealPath().toString(),
                        "C.UTF-8 2",
                        "@" + lib.resolve("java.args"),
                        "-XX:SharedArchiveFile=" + lib.resolve("sightline.jsa"),
                        "-Djava.library.path=" + lib.resolve("natives"),
                        "-Xmx1g",
                        "-Xss1m",
                        "-jar",
                        lib.resolve("sightline.jar").toString(),
                        "cam=two words.mp4",
                        "--port",
                        "0");
        assertThat(ended.code()).as("the program's own").isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "linux-x64, linux-x86_64",
        "linux-arm64, linux-arm64",
        "macos-arm64, macosx-arm64",
        "windows-x64, windows-x86_64"
    })
    void platform_isTheServerWithItsNatives(String platform, String natives) throws IOException {
        String pom =
                Files.readString(ROOT.resolve("platforms").resolve(platform).resolve("pom.xml"));
        assertThat(artifacts(pom))
                .containsExactly(
                        "sightline-parent",
                        "sightline-" + platform,
                        "sightline-server",
                        "javacpp",
                        "openblas",
                        "opencv",
                        "ffmpeg");
        assertThat(pom.split("<classifier>" + natives + "</classifier>", -1)).hasSize(5);
    }

    @Test
    void bom_namesAllThatIsPublished() throws IOException {
        List<String> published = new ArrayList<>(List.of("sightline-api", "sightline-processors", "sightline-server"));
        try (Stream<Path> platforms = Files.list(ROOT.resolve("platforms"))) {
            platforms.forEach(platform -> published.add("sightline-" + platform.getFileName()));
        }
        String pom = Files.readString(ROOT.resolve("bom/pom.xml"));
        String managed = pom.substring(pom.indexOf("<dependencyManagement>"), pom.indexOf("</dependencyManagement>"));
        assertThat(artifacts(managed)).containsExactlyInAnyOrderElementsOf(published);
    }

    private static List<String> artifacts(String pom) {
        return ARTIFACT.matcher(pom).results().map(found -> found.group(1)).toList();
    }

    /** Where nothing but the shell's own tools are found. */
    private Ended start(Path script, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().putAll(environment);
        Process process =
                builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        return new Ended(process.pid(), process.waitFor(), Files.readAllLines(out, UTF_8));
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
