package dev.sightline.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a confined worker can reach; where nothing can be confined, nothing is tested. */
class ConfinementIT {
    private static final String ANSWER = "done";

    private static WorkerPool pool;
    private static Path visible;
    private static Path secret;
    private static ServerSocket server;
    private static final TestTenant STRICT = new TestTenant();
    private static final TestTenant OPEN = new TestTenant();
    private static Link strict;
    private static Link open;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() throws Exception {
        secret = Files.writeString(folder.resolve("sightline.yml"), "a password");
        visible = Files.writeString(folder.resolve("video.mp4"), "a film");
        server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        WorkerLaunch launch = TestLaunch.of(TestBody.Main.class, folder, Set.of(secret), true);
        assumeThat(SandboxProbe.find(launch)).isPresent();
        pool = new WorkerPool(launch, TestLaunch.SETTINGS);
        pool.worker("strict").use(STRICT, Confinement.STRICT);
        pool.worker("open").use(OPEN, new Confinement(true, Set.of(folder)));
        strict = STRICT.nextLink();
        open = OPEN.nextLink();
    }

    @AfterAll
    static void end() throws Exception {
        if (pool != null) {
            pool.close();
        }
        server.close();
    }

    @Test
    void network_isThereForThoseWhoNeedIt() throws Exception {
        String port = Integer.toString(server.getLocalPort());
        assertThat(STRICT.ask(strict, Message.of("connect", port)).kind()).isEqualTo("failed");
        assertThat(OPEN.ask(open, Message.of("connect", port)).kind()).isEqualTo(ANSWER);
    }

    @Test
    void files_thatItNeeds_canBeRead() throws Exception {
        assertThat(OPEN.ask(open, Message.of("read", visible.toString())).kind())
                .isEqualTo(ANSWER);
        assertThat(STRICT.ask(strict, Message.of("read", visible.toString())).kind())
                .isEqualTo("failed");
    }

    @Test
    void files_thatAreHidden_cannotBeRead() throws Exception {
        Message answer = OPEN.ask(open, Message.of("read", secret.toString()));
        assertThat(answer.kind()).isEqualTo("failed");
    }

    @Test
    void files_cannotBeWritten_butInItsOwnFolder() throws Exception {
        for (String file : new String[] {"/usr/own", folder.resolve("own").toString()}) {
            assertThat(OPEN.ask(open, Message.of("write", file)).text())
                    .as(file)
                    .contains("Read-only file system");
        }
        assertThat(OPEN.ask(open, Message.of("write", "own")).kind()).isEqualTo(ANSWER);
    }

    @Test
    void processes_ofTheServer_cannotBeSeen() throws Exception {
        String self = "/proc/" + ProcessHandle.current().pid() + "/environ";
        assertThat(OPEN.ask(open, Message.of("read", self)).kind()).isEqualTo("failed");
    }

    @Test
    void confine_toMore_replacesTheProcessWithoutADeath() throws Exception {
        TestTenant tenant = new TestTenant();
        Worker worker = pool.worker("more");
        worker.use(tenant, Confinement.STRICT);
        tenant.nextLink();
        worker.confine(new Confinement(true, Set.of(folder)));
        assertThat(tenant.nextDeath().cause()).isEqualTo(Death.Cause.STOPPED);
        Link more = tenant.nextLink();
        assertThat(tenant.ask(more, Message.of("read", visible.toString())).kind())
                .isEqualTo(ANSWER);
        worker.close();
    }
}
