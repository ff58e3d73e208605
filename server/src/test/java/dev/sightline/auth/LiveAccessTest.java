package dev.sightline.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveAccessTest {
    private final LiveAccess access = LiveAccess.open();
    private final AtomicInteger ends = new AtomicInteger();

    @Test
    void end_oneThatCannotBeEnded_endsTheOthers() {
        access.onEnd(() -> {
            throw new IllegalStateException("its event loop has stopped");
        });
        access.onEnd(ends::incrementAndGet);

        access.end();

        assertThat(ends).hasValue(1);
    }

    @Test
    void onEnd_sameActionTwice_isWithdrawnOnceEach() {
        Runnable action = ends::incrementAndGet;
        Runnable first = access.onEnd(action);
        access.onEnd(action);

        first.run();
        first.run();
        access.end();

        assertThat(ends).hasValue(1);
    }
}
