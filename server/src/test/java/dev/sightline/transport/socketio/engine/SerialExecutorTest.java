package dev.sightline.transport.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
    private static final int MANY = 10_000;

    private final ExecutorService one = Executors.newFixedThreadPool(4);
    private final ExecutorService other = Executors.newFixedThreadPool(4);
    private final SerialExecutor serial = new SerialExecutor(one);
    private final List<Integer> done = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        one.shutdownNow();
        other.shutdownNow();
    }

    @Test
    void tasks_runInOrder_alsoWhileItMoves() {
        int[] sum = new int[1]; // no lock: tasks are never run at the same time
        for (int i = 0; i < MANY; i++) {
            int number = i;
            serial.execute(() -> {
                sum[0]++;
                if (number % 100 == 0) {
                    done.add(number);
                    serial.moveTo(number % 200 == 0 ? other : one, () -> done.add(number + 1));
                } else if (number % 100 == 1) {
                    done.add(number + 1);
                }
            });
        }
        Await.until("all are done", () -> done.size() == 3 * MANY / 100);
        serial.execute(() -> done.add(sum[0]));
        Await.until("the sum is told", () -> done.size() == 3 * MANY / 100 + 1);
        assertThat(done).isSorted();
        assertThat(done.get(done.size() - 1)).isEqualTo(MANY);
    }

    @Test
    void failure_doesNotStopTheRest() {
        serial.execute(() -> {
            throw new IllegalStateException("as the test wants it");
        });
        serial.execute(() -> done.add(1));
        Await.until("the second is done", () -> done.size() == 1);
    }

    @Test
    void noMemory_doesNotStopTheRest() {
        serial.execute(() -> {
            throw new OutOfMemoryError("as the test wants it");
        });
        serial.execute(() -> done.add(1));
        Await.until("the second is done", () -> done.size() == 1);
    }
}
