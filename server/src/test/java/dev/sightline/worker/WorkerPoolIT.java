package dev.sightline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers in real processes, which die in all ways. */
class WorkerPoolIT {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    private WorkerPool pool;
    private final TestTenant tenant = new TestTenant();
    private Worker worker;

    @BeforeEach
    void start() throws Exception {
        WorkerSettings settings =
                new WorkerSettings(300L << 20, 64L << 20, Duration.ofSeconds(1), Duration.ofSeconds(2));
        pool = new WorkerPool(launch(TestBody.Main.class), settings);
        worker = pool.worker("test");
        worker.use(tenant, Confinement.STRICT);
        tenant.up.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private WorkerLaunch launch(Class<?> main) throws IOException {
        Path runtime = Files.createDirectories(folder.resolve("runtime"));
        Path crashes = folder.resolve("crashes");
        WorkerLaunch.Java java = new WorkerLaunch.Java(
                Path.of(System.getProperty("java.home")),
                List.of(),
                System.getProperty("java.class.path"),
                main.getName());
        return new WorkerLaunch(
                java,
                TestBody.class.getName(),
                Map.of(),
                new WorkerLaunch.Folders(runtime, crashes, Set.of(), Set.of()),
                true);
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    void crash_inNativeCode_isNamedAndTheSpareTakesOver() throws Exception {
        awaitSpare();
        long before = System.nanoTime();
        tenant.link.send(Message.of("crash", "door"));
        Death death = tenant.nextDeath();
        System.out.println("death after " + (System.nanoTime() - before) / 1_000_000 + " ms: " + death);
        tenant.up.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        System.out.println("up after " + (System.nanoTime() - before) / 1_000_000 + " ms");
        assertThat(death.cause()).isEqualTo(Death.Cause.CRASH);
        assertThat(death.reason()).contains("SIGSEGV");
        assertThat(death.suspects()).containsExactly("door");
    }

    private void awaitSpare() throws InterruptedException {
        Thread.sleep(3000);
    }

    /** Notes what it is told. */
    private static final class TestTenant implements Tenant {
        private final BlockingQueue<Link> up = new LinkedBlockingQueue<>();
        private final BlockingQueue<Death> deaths = new LinkedBlockingQueue<>();
        private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> quarantined = new LinkedBlockingQueue<>();
        private volatile Link link;

        @Override
        public void up(Link made) {
            made.onMessage(messages::add);
            made.onEnd(reason -> {});
            link = made;
            up.add(made);
        }

        @Override
        public void down(Death death) {
            deaths.add(death);
        }

        @Override
        public void quarantined(String stream, String reason, Duration atLeast) {
            quarantined.add(stream);
        }

        @Override
        public void released(String stream) {
            quarantined.remove(stream);
        }

        Death nextDeath() throws InterruptedException {
            return deaths.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
