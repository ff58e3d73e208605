package dev.sightline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Children that do not keep to the protocol, and children whose server is killed. */
class ChildProcessIT {
    @TempDir
    private Path folder;

    @Test
    void rubbish_onTheLink_endsTheProcess() throws Exception {
        TestTenant tenant = new TestTenant();
        try (WorkerPool pool = rubbish("bytes")) {
            pool.worker("test").use(tenant, Confinement.STRICT);
            Death death = tenant.nextDeath();
            assertThat(death.cause()).isEqualTo(Death.Cause.PROTOCOL);
            assertThat(death.reason()).isEqualTo("it sent what is no message");
        }
    }

    @Test
    void wrongToken_isNoChild() throws Exception {
        TestTenant tenant = new TestTenant();
        try (WorkerPool pool = rubbish("token")) {
            pool.worker("test").use(tenant, Confinement.STRICT);
            assertThat(tenant.nextDeath().reason()).isEqualTo("somebody else connected in its place");
        }
    }

    private WorkerPool rubbish(String where) throws Exception {
        WorkerLaunch base = TestLaunch.of(TestRubbish.class, folder, Set.of(), false);
        WorkerLaunch.Java java = new WorkerLaunch.Java(
                base.java().home(),
                List.of("-Drubbish=" + where),
                base.java().classPath(),
                base.java().main());
        return new WorkerPool(
                new WorkerLaunch(java, base.body(), base.environment(), base.folders(), false), TestLaunch.SETTINGS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void server_whenKilled_takesItsWorkersWithIt(boolean confine) throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TestParent.class.getName(),
                        folder.toString(),
                        Boolean.toString(confine))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII));
        ProcessHandle worker =
                ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
        server.destroyForcibly();
        worker.onExit().get(TestTenant.PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(worker.isAlive()).isFalse();
    }

    @Test
    void close_leavesNoFiles() throws Exception {
        WorkerLaunch launch = TestLaunch.of(TestBody.Main.class, folder, Set.of(), false);
        try (WorkerPool pool = new WorkerPool(launch, TestLaunch.SETTINGS)) {
            TestTenant tenant = new TestTenant();
            pool.worker("test").use(tenant, Confinement.STRICT);
            tenant.nextLink();
            assertThat(launch.folders().runtime()).isNotEmptyDirectory();
        }
        assertThat(Files.exists(launch.folders().runtime())).isFalse();
    }
}
