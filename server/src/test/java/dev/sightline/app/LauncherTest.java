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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./sightline} in a house of its own, with a Maven and JDKs that only say what they were asked. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String MAVEN =
            "#!/bin/sh\necho built >>builds\nmkdir -p server/target/lib\necho jar >server/target/sightline-server.jar\n";
    private static final String JAVA = "#!/bin/sh\n"
            + "case $* in *ArchiveClassesAtExit*) echo prepared >>\"$HOME/prepared\"; exit 0 ;; esac\n"
            + "echo \"in $(pwd) on $0\"; for word; do echo \"[$word]\"; done; exit \"${FAKE_EXIT:-0}\"\n";

    @TempDir
    private Path folder;

    private Path house;
    private Path source;

    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void buildHouse() throws IOException {
        house = folder.resolve("a house");
        for (String file : List.of("sightline", ".mvn/launch.sh", "server/java.args", "pom.xml", "server/pom.xml")) {
            Files.createDirectories(house.resolve(file).getParent());
            Files.copy(ROOT.resolve(file), house.resolve(file));
        }
        source = house.resolve("server/src/main/java/A.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class A {}");
        script(folder.resolve("bin/mvn"), MAVEN);
        jdk("98.0.1");
        jdk("99.0.2");
    }

    @Test
    void start_neverBuilt_buildsAndRunsInTheCallersFolder() throws Exception {
        Ended ended = start("cam=two words.mp4", "--port", "0");
        assertThat(ended.err()).contains("building with JDK 99").contains("preparing fast starts with JDK 99.0.2");
        assertThat(ended.out())
                .startsWith("in " + folder.toRealPath() + " on ")
                .endsWith("[cam=two words.mp4]\n[--port]\n[0]\n");
        assertThat(ended.code()).isZero();
    }

    @Test
    void start_severalJdks_takesTheNewest() throws Exception {
        assertThat(start().out()).contains("/99.0.2/bin/java").contains("--sun-misc-unsafe-memory-access=allow");
    }

    @Test
    void start_nothingChanged_neitherBuildsNorSpeaks() throws Exception {
        start();
        assertThat(start().err()).isEmpty();
        assertThat(count(house.resolve("builds"))).isEqualTo(1);
        assertThat(count(folder.resolve("prepared"))).isEqualTo(1);
    }

    @Test
    void start_sourceChangedAddedOrDeleted_buildsAgain() throws Exception {
        start();
        Files.writeString(source, "class A { }");
        start();
        Path added = Files.writeString(source.resolveSibling("B.java"), "class B {}");
        start();
        Files.delete(added);
        start();
        assertThat(count(house.resolve("builds"))).isEqualTo(4);
    }

    @Test
    void start_jarReplacedByAnotherBuild_runsItsOwn() throws Exception {
        start();
        Files.writeString(house.resolve("server/target/sightline-server.jar"), "of other sources");
        Ended ended = start();
        assertThat(Files.readString(jar(ended))).isEqualTo("jar\n");
        assertThat(count(house.resolve("builds"))).isEqualTo(1);
    }

    @Test
    void start_rebuiltWhileAServerRuns_leavesItsFilesAlone_andRemovesThemAfterwards() throws Exception {
        Path first = jar(start());
        // A process that lives stands for a server that runs from the first build.
        Path user = Files.writeString(
                first.resolveSibling("users")
                        .resolve(String.valueOf(ProcessHandle.current().pid())),
                "");
        Files.writeString(source, "class A { /* 2 */ }");
        Path second = jar(start());
        assertThat(second).isNotEqualTo(first).exists();
        assertThat(first).hasContent("jar");

        Files.delete(user);
        Files.writeString(source, "class A { /* 3 */ }");
        start();

        assertThat(first.getParent()).doesNotExist();
        assertThat(second.getParent()).as("its process has ended").doesNotExist();
    }

    @Test
    void start_forbiddenToBuild_runsWhatIsThere_orSaysThatNothingIs() throws Exception {
        Map<String, String> never = Map.of("SIGHTLINE_BUILD", "never");
        assertThat(run(house.resolve("sightline"), never).err()).contains("nothing is built yet");
        start();
        Files.writeString(source, "class A { }");
        assertThat(run(house.resolve("sightline"), never).code()).isZero();
        assertThat(count(house.resolve("builds"))).isEqualTo(1);
    }

    @Test
    void start_throughALink_findsItsHouse() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("bin/sl"), Path.of("../a house/sightline"));
        assertThat(run(link, Map.of()).out()).contains(house.toRealPath() + "/.built/");
    }

    @Test
    void start_programEndsWithACode_passesItOn() throws Exception {
        assertThat(run(house.resolve("sightline"), Map.of("FAKE_EXIT", "7")).code())
                .isEqualTo(7);
    }

    @Test
    void start_noJdk_isOneLineAndCode2() throws Exception {
        Ended ended = run(house.resolve("sightline"), Map.of("SIGHTLINE_JAVA_HOME", "/nowhere"));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).hasLineCount(1).contains("/nowhere holds no JDK 17 or later");
    }

    @Test
    void start_buildFails_saysWhyAndWhereTheLogIs() throws Exception {
        script(folder.resolve("bin/mvn"), "#!/bin/sh\necho '[ERROR] A.java: no such thing'\nexit 1\n");
        Ended ended = start();
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("A.java: no such thing").contains("target/build.log");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void start_buildWasCutOff_removesItsRemains() throws Exception {
        Path remains = house.resolve("server/target/half-written.jar");
        Files.createDirectories(remains.getParent());
        Files.writeString(remains, "half");
        Files.createDirectories(house.resolve("target/building"));
        Files.writeString(house.resolve("target/building/pid"), "999999999\n");
        assertThat(start().code()).isZero();
        assertThat(remains).doesNotExist();
    }

    /** What it ran. */
    private static Path jar(Ended ended) {
        return Path.of(ended.out()
                .lines()
                .filter(line -> line.endsWith("sightline-server.jar]"))
                .findFirst()
                .orElseThrow()
                .replaceAll("[\\[\\]]", ""));
    }

    private Ended start(String... arguments) throws IOException, InterruptedException {
        return run(house.resolve("sightline"), Map.of(), arguments);
    }

    private Ended run(Path script, Map<String, String> more, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SIGHTLINE_") || name.equals("JAVA_HOME"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().merge("PATH", folder.resolve("bin") + ":", (path, own) -> own + path);
        builder.environment().putAll(more);
        int code = builder.redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Ended(code, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }

    private void jdk(String version) throws IOException {
        Path home = folder.resolve(".jdks/" + version);
        script(home.resolve("bin/java"), JAVA);
        script(home.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static long count(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.count();
        }
    }
}
