package dev.sightline.transport.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import dev.sightline.transport.socketio.engine.EchoServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * All conformance cases again and again in one JVM whose processors are all busy: what depends on which event loop is
 * first shows here. Once, because other tests run beside it, and with {@code -Dsightline.long=true} 50 times.
 */
class ConformanceUnderLoadIT {
    private static final int ROUNDS = Boolean.getBoolean("sightline.long") ? 50 : 1;
    private static final int FEWEST_CASES = 100;

    private static final AtomicBoolean stopped = new AtomicBoolean();
    private static List<Thread> load = List.of();

    @BeforeAll
    static void load() {
        load = IntStream.range(0, 2 * Runtime.getRuntime().availableProcessors())
                .mapToObj(number -> new Thread(ConformanceUnderLoadIT::spin, "load-" + number))
                .toList();
        load.forEach(Thread::start);
    }

    @AfterAll
    static void unload() throws InterruptedException {
        stopped.set(true);
        for (Thread each : load) {
            each.join();
        }
    }

    @Test
    void allCases_everyRound_hold() {
        LauncherDiscoveryRequest cases = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage(EchoServer.class.getPackageName()), selectClass(ConformanceIT.class))
                .filters(includeClassNamePatterns(".*IT(\\$.*)?"))
                .build();
        for (int round = 1; round <= ROUNDS; round++) {
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create().execute(cases, listener);
            TestExecutionSummary summary = listener.getSummary();
            assertThat(summary.getFailures()).as("round %d", round).allSatisfy(failure -> {
                throw new AssertionError(failure.getTestIdentifier().getUniqueId(), failure.getException());
            });
            assertThat(summary.getTestsSucceededCount()).isGreaterThan(FEWEST_CASES);
        }
    }

    private static void spin() {
        while (!stopped.get()) {
            Thread.onSpinWait();
        }
    }
}
