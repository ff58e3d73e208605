package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a worker process inherits from the server, and where its socket lies. */
class WorkerLaunchesTest {
    @Test
    void kept_areOptionsForClassesAndNatives_neverSecretsNorPorts() {
        assertThat(WorkerLaunches.kept(List.of(
                        "-Ddb.password=secret",
                        "-Xmx4g",
                        "-agentlib:jdwp=transport=dt_socket,address=5005",
                        "-javaagent:/opt/agent.jar",
                        "-XX:SharedArchiveFile=/opt/sightline.jsa",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-Dfile.encoding=UTF-8")))
                .containsExactly(
                        "-XX:SharedArchiveFile=/opt/sightline.jsa",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-Dfile.encoding=UTF-8");
    }

    @Test
    void kept_archiveBesideUs_isFoundFromAnotherFolder() {
        assertThat(WorkerLaunches.kept(List.of("-XX:SharedArchiveFile=sightline.jsa")))
                .containsExactly(
                        "-XX:SharedArchiveFile=" + Path.of("sightline.jsa").toAbsolutePath());
    }

    @Test
    void absolute_pathFromHere_isFoundFromAnotherFolder() {
        String here = Path.of("target/sightline-server.jar").toAbsolutePath().toString();
        assertThat(WorkerLaunches.absolute("target/sightline-server.jar" + File.pathSeparator + "/opt/lib.jar"))
                .isEqualTo(here + File.pathSeparator + "/opt/lib.jar");
    }

    @Test
    void environment_isOnlyWhatNativeCodeNeeds() {
        assertThat(WorkerLaunches.environment(Map.of(
                        "PATH", "/bin",
                        "LC_CTYPE", "C.UTF-8",
                        "CAMERA_PASSWORD", "secret",
                        "JAVA_TOOL_OPTIONS", "-javaagent:/opt/agent.jar")))
                .containsOnlyKeys("PATH", "LC_CTYPE");
    }

    @Test
    void folder_isForThisUserAlone_andTheNextServerRemovesWhatAKilledOneLeft() throws Exception {
        Path folder = WorkerFolder.make();
        try {
            assertThat(Files.getPosixFilePermissions(folder))
                    .hasSize(3)
                    .allSatisfy(permission -> assertThat(permission.name()).startsWith("OWNER"));
            assertThat(WorkerFolder.isLeft(folder)).isFalse();
            Path left = Files.createDirectory(folder.resolveSibling("sightline-workers-999999999-1"));
            assertThat(WorkerFolder.isLeft(left)).isTrue();
            Files.delete(WorkerFolder.make());
            assertThat(left).doesNotExist();
        } finally {
            Files.delete(folder);
        }
    }

    @Test
    void isLeft_othersFolders_areNot() {
        assertThat(WorkerFolder.isLeft(Path.of("/tmp/sightline-workers-x-1"))).isFalse();
        assertThat(WorkerFolder.isLeft(Path.of("/tmp/sightline-natives-1"))).isFalse();
    }
}
