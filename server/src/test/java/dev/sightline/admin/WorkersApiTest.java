package dev.sightline.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.Routes;
import dev.sightline.metrics.Metrics;
import dev.sightline.worker.Death;
import dev.sightline.worker.WorkerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is told of workers. */
class WorkersApiTest {
    private static final WorkerStatus WORKER = new WorkerStatus(
            "cameras",
            WorkerStatus.State.UP,
            Instant.EPOCH,
            OptionalLong.of(42),
            OptionalLong.of(1_000),
            3,
            Map.of(Death.Cause.CRASH, 2L),
            Optional.of(new Death(Death.Cause.CRASH, "it crashed with SIGSEGV", Set.of("door"))));

    @Test
    void metrics_nameWorkerAndCause() {
        Metrics metrics = new Metrics();
        new WorkersApi(() -> List.of(WORKER), () -> 1).addTo(new Routes(), metrics);
        assertThat(metrics.read("").text())
                .asString()
                .contains(
                        "sightline_worker_up{worker=\"cameras\"} 1.0",
                        "sightline_worker_starts_total{worker=\"cameras\"} 3.0",
                        "sightline_worker_deaths_total{cause=\"crash\",worker=\"cameras\"} 2.0",
                        "sightline_worker_resident_memory_bytes{worker=\"cameras\"} 1000.0",
                        "sightline_quarantined_streams 1.0");
    }
}
