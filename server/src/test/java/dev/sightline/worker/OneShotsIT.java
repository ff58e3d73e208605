package dev.sightline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that do one thing and end, beside a worker and its spare, which they leave alone. */
class OneShotsIT {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private static Path folder;

    private static WorkerPool pool;
    private static Worker worker;
    private static final TestTenant NEIGHBOUR = new TestTenant();

    private final TestTenant tenant = new TestTenant();

    @BeforeAll
    static void open() throws Exception {
        pool = new WorkerPool(TestLaunch.of(TestBody.Main.class, folder, Set.of(), true), TestLaunch.SETTINGS);
        worker = pool.worker("neighbour");
        worker.use(NEIGHBOUR, Confinement.STRICT);
        NEIGHBOUR.nextLink();
    }

    @AfterAll
    static void end() {
        pool.close();
    }

    /** The processes of the worker and of its spare, and no others. */
    @BeforeEach
    void awaitOthersGone() {
        Await.until(
                "two processes",
                Duration.ofSeconds(TestTenant.PATIENCE_SECONDS),
                () -> pool.readySpares() == 1 && children().size() == 2);
    }

    private static OneShot shot(Class<? extends WorkerBody> body, Duration longest) {
        return new OneShot("probe", body.getName(), Confinement.STRICT, longest);
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current().children().toList();
    }

    private static long deaths(Death.Cause cause) {
        return pool.oneShots().deaths().getOrDefault(cause, 0L);
    }

    private void assertNeighbourNoticedNothing() {
        assertThat(worker.status().starts()).isOne();
        assertThat(worker.status().deaths()).isEmpty();
        assertThat(pool.quarantined()).isEmpty();
        assertThat(pool.statuses()).extracting(WorkerStatus::name).containsExactly("neighbour");
    }

    @Test
    void once_takesNoSpare_andIsEndedWithoutDeath() throws Exception {
        List<ProcessHandle> before = children();
        Map<Death.Cause, Long> deaths = pool.oneShots().deaths();
        long starts = pool.oneShots().starts();

        Runnable end = pool.once(shot(Other.class, LONG), tenant);
        Link link = tenant.nextLink();
        assertThat(tenant.ask(link, Message.of("echo")).kind()).isEqualTo("other");
        assertThat(children()).containsAll(before).hasSize(before.size() + 1);
        assertThat(pool.readySpares()).isOne();
        end.run();

        awaitOthersGone();
        assertThat(children()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(pool.oneShots().starts()).isEqualTo(starts + 1);
        assertThat(pool.oneShots().deaths()).isEqualTo(deaths);
        assertNeighbourNoticedNothing();
    }

    @Test
    void crash_isToldOnce_noOtherFollows_andNobodyIsCharged() throws Exception {
        List<ProcessHandle> before = children();
        long crashes = deaths(Death.Cause.CRASH);
        for (int i = 0; i <= Quarantine.CHARGES; i++) {
            pool.once(shot(TestBody.class, LONG), tenant);
            tenant.nextLink().send(Message.of("crash", "cam"));
            Death death = tenant.nextDeath();
            assertThat(death.cause()).isEqualTo(Death.Cause.CRASH);
            assertThat(death.reason()).startsWith("it crashed with SIGSEGV");
        }

        awaitOthersGone();
        assertThat(children()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(deaths(Death.Cause.CRASH)).isEqualTo(crashes + Quarantine.CHARGES + 1);
        assertThat(tenant.ups()).isZero();
        assertThat(pool.readySpares()).isOne();
        assertNeighbourNoticedNothing();
    }

    @Test
    void work_thatTakesTooLong_isAHang() throws Exception {
        pool.once(shot(TestBody.class, Duration.ofSeconds(1)), tenant);
        tenant.nextLink();

        Death death = tenant.nextDeath();
        assertThat(death.cause()).isEqualTo(Death.Cause.HANG);
        assertThat(death.reason()).isEqualTo("it did not end in 1 s");
        assertNeighbourNoticedNothing();
    }

    @Test
    void leak_isKilledAtItsLimit() throws Exception {
        pool.once(shot(TestBody.class, LONG), tenant);
        tenant.nextLink().send(Message.of("leak", "cam"));

        assertThat(tenant.nextDeath().cause()).isEqualTo(Death.Cause.MEMORY);
        assertNeighbourNoticedNothing();
    }

    @Test
    void end_beforeItIsUp_endsTheProcess() throws Exception {
        List<ProcessHandle> before = children();
        pool.once(shot(TestBody.class, LONG), tenant).run();
        Await.until("it is started", () -> children().size() > before.size());

        awaitOthersGone();
        assertThat(children()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(tenant.ups()).isZero();
    }

    /** Another body than that of the pool's workers. */
    public static final class Other implements WorkerBody {
        @Override
        public void run(Link link, WorkNotes notes) throws InterruptedException {
            CountDownLatch over = new CountDownLatch(1);
            link.onEnd(reason -> over.countDown());
            link.onMessage(message -> link.send(Message.of("other")));
            over.await();
        }
    }
}
