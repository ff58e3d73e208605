package dev.sightline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Workers in real processes that die in all ways: why is told, and the next process gets the work. */
class WorkerPoolIT {
    private static WorkerPool pool;

    @TempDir
    private static Path folder;

    private final TestTenant tenant = new TestTenant();
    private Worker worker;
    private Link link;
    private String stream;

    @BeforeAll
    static void open() throws Exception {
        pool = new WorkerPool(TestLaunch.of(TestBody.Main.class, folder, Set.of(), true), TestLaunch.SETTINGS);
    }

    @AfterAll
    static void end() {
        pool.close();
    }

    @BeforeEach
    void start(TestInfo test) throws Exception {
        // A name of its own per test: charges of one death do not count in another test.
        stream = test.getTestMethod().orElseThrow().getName().replaceAll("_.*", "");
        worker = pool.worker(stream);
        worker.use(tenant, Confinement.STRICT);
        link = tenant.nextLink();
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    @Test
    void messages_ofAllSizes_comeInOrder() throws Exception {
        for (int length : new int[] {0, 1, 65_535, 300_000, Message.MOST_BODY, 7}) {
            byte[] body = new byte[length];
            Arrays.fill(body, (byte) length);
            Message answer = tenant.ask(link, Message.of("echo", "{\"length\":" + length + "}", body));
            assertThat(answer.text()).isEqualTo("{\"length\":" + length + "}");
            assertThat(answer.body()).isEqualTo(body);
        }
    }

    @Test
    void crash_isNamedWithItsStream() throws Exception {
        link.send(Message.of("wait", "neighbour"));
        tenant.nextMessage();
        assertDies("crash", Death.Cause.CRASH, "it crashed with SIGSEGV");
    }

    @Test
    void sigsegv_isNamed() throws Exception {
        assertDiesBySignal("SEGV", Death.Cause.CRASH, "it crashed with SIGSEGV");
    }

    @Test
    void sigkill_isNamed() throws Exception {
        assertDiesBySignal("KILL", Death.Cause.CRASH, "it was ended by SIGKILL");
    }

    @Test
    void sigstop_isAHang() throws Exception {
        assertDiesBySignal("STOP", Death.Cause.HANG, "it did not answer for 1000 ms");
    }

    @Test
    void sigterm_isLeftToTheServer() throws Exception {
        signal("TERM", worker.status().pid().orElseThrow());
        for (int i = 0; i < 5; i++) {
            assertThat(tenant.ask(link, Message.of("echo")).kind()).isEqualTo("echo");
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(worker.status().deaths()).isEmpty();
    }

    @Test
    void heap_whenExhausted_isNamed() throws Exception {
        assertDies("heap", Death.Cause.HEAP, "its Java heap of 128 MiB was exhausted");
    }

    @Test
    void leak_isKilledAtItsLimit() throws Exception {
        assertDies("leak", Death.Cause.MEMORY, "it held more memory than the 400 MiB it may");
    }

    @Test
    void hang_onOneFrame_isChargedToItsStream() throws Exception {
        assertDies("hang", Death.Cause.HANG, "'hang' did not come back from one frame in 2 s");
    }

    @Test
    void exit_isNamed() throws Exception {
        assertDies("exit", Death.Cause.EXIT, "it ended with code 0");
    }

    @Test
    void quarantine_takesTheStreamThatCrashes_notItsNeighbour() throws Exception {
        for (int i = 0; i < Quarantine.CHARGES; i++) {
            link.send(Message.of("wait", "beside"));
            tenant.nextMessage();
            link.send(Message.of("crash", stream));
            tenant.nextDeath();
            link = tenant.nextLink();
        }
        assertThat(TestTenant.next(tenant.quarantined)).isEqualTo(stream);
        assertThat(pool.quarantined()).containsOnlyKeys(stream);
        pool.release(stream);
        assertThat(TestTenant.next(tenant.released)).isEqualTo(stream);
        assertThat(tenant.quarantined).isEmpty();
    }

    @Test
    void close_endsTheProcess() throws Exception {
        ProcessHandle process =
                ProcessHandle.of(worker.status().pid().orElseThrow()).orElseThrow();
        worker.close();
        assertThat(tenant.nextDeath().cause()).isEqualTo(Death.Cause.STOPPED);
        process.onExit().get(TestTenant.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** What the stream of this test does kills the process; another one gets the work. */
    private void assertDies(String what, Death.Cause cause, String reason) throws Exception {
        long began = System.nanoTime();
        link.send(Message.of(what, stream));
        Death death = assertDeath(began, cause, reason);
        assertThat(death.suspects()).containsExactly(stream);
    }

    private void assertDiesBySignal(String signal, Death.Cause cause, String reason) throws Exception {
        long began = System.nanoTime();
        signal(signal, worker.status().pid().orElseThrow());
        assertThat(assertDeath(began, cause, reason).suspects()).isEmpty();
    }

    private Death assertDeath(long began, Death.Cause cause, String reason) throws Exception {
        Death death = tenant.nextDeath();
        long died = System.nanoTime();
        Link next = tenant.nextLink();
        System.out.printf(
                "%s: dead after %d ms, the next process up %d ms later%n",
                stream, millis(died - began), millis(System.nanoTime() - died));
        assertThat(death.cause()).isEqualTo(cause);
        assertThat(death.reason()).startsWith(reason);
        assertThat(tenant.ask(next, Message.of("echo", "again")))
                .extracting(Message::kind)
                .isIn("echo", "begun");
        assertThat(worker.status().deaths()).containsOnlyKeys(cause);
        return death;
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }

    static void signal(String name, long pid) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }
}
